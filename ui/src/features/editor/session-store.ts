// What is known of an open walkthrough, who wants to hear of it, and the one queue through which it changes.

import { asWaymarkError } from "../../ipc";
import { listen } from "../../lib/listen";
import type { SaveState, SessionState } from "./session-state";

export abstract class SessionStore {
  readonly #changed = new Set<() => void>();
  readonly #typed = new Set<() => void>();
  #queue: Promise<unknown> = Promise.resolve();
  protected state: SessionState;

  constructor(state: SessionState) {
    this.state = state;
  }

  readonly read = (): SessionState => this.state;
  readonly subscribe = (listener: () => void) => listen(this.#changed, listener);
  /** Called at each keystroke, before anything is saved. */
  readonly onTyped = (listener: () => void) => listen(this.#typed, listener);

  /** What is true of what is typed when nothing is under way. */
  protected abstract standing(): SaveState;

  protected set(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#changed) listener();
  }

  protected settled(): void {
    this.set({ save: this.standing() });
  }

  protected tellTyped(): void {
    for (const listener of this.#typed) listener();
  }

  /** Runs when everything before it has run, however that went. */
  protected next<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run, run);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Runs a write and tells how it went. What is refused stays told while other things are saved. */
  protected async attempt<T>(run: () => Promise<T>): Promise<T> {
    if (this.standing().kind !== "failed") this.set({ save: { kind: "saving" } });
    try {
      const result = await run();
      this.settled();
      return result;
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      this.set({ save: { kind: "failed", error } });
      throw error;
    }
  }
}
