// What is typed into anything but the four texts: titles, details, metadata, quizzes. Kept until the host has it. What the
// host refuses stays where it was typed, with the reason, and is not sent again before somebody changes it.

import {
  type Applied,
  asWaymarkError,
  type TypedValues,
  type Typing,
  type Walkthrough,
  type Way,
  type WaymarkError,
} from "../../ipc";
import { listen } from "../../lib/listen";

type Entry = Typing & {
  way: Way<unknown>;
  /** The version on which it was typed, as long as nobody else has written since: the present one. */
  seen: number;
};

type Owner = {
  /** Something was typed. `wasRefused` where it takes the place of what could not be saved. */
  touched: (isWhole: boolean, wasRefused: boolean) => void;
  /** Something was given up. */
  dropped: () => void;
  flush: () => Promise<void>;
  /** Runs a write, and adopts what it changed. */
  write: (run: (walkthrough: Walkthrough["id"]) => Promise<Applied | null>) => Promise<void>;
  present: () => { walkthrough: Walkthrough; version: number };
};

/** What trying again cannot mend. */
export function isRefusal({ code }: WaymarkError): boolean {
  return code === "invalid_input" || code === "conflict" || code === "not_found" || code === "refused";
}

const isRefused = ({ error }: Entry): boolean => error !== null && isRefusal(error);

export class TypedStore implements TypedValues {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly owner: Owner) {}

  readonly read = (key: string): Typing | null => this.#entries.get(key) ?? null;
  readonly subscribe = (listener: () => void) => listen(this.#listeners, listener);
  readonly flush = (): Promise<void> => this.owner.flush();

  /** Whether something is on its way to the host, or waits until that can write again. */
  get isWaiting(): boolean {
    return this.#all().some((entry) => !isRefused(entry));
  }

  /** Why something that was typed cannot be saved as it is. */
  get refusal(): WaymarkError | null {
    return this.#all().find(isRefused)?.error ?? null;
  }

  readonly type = (way: Way<unknown>, value: unknown, isWhole = false): void => {
    const known = this.#entries.get(way.key);
    this.#put({ way, value, error: null, seen: known?.seen ?? this.owner.present().version });
    this.owner.touched(isWhole, known !== undefined && known.error !== null);
  };

  readonly drop = (key: string): void => {
    if (!this.#entries.delete(key)) return;
    this.#tell();
    this.owner.dropped();
  };

  dropRefused(isMeant: (error: WaymarkError) => boolean = () => true): void {
    for (const entry of this.#all())
      if (isRefused(entry) && entry.error && isMeant(entry.error)) this.drop(entry.way.key);
  }

  /** After a conflict: what stands here is to stand there too, whatever has come in between. What was refused for where the
   * walkthrough lay is tried again. */
  insist(version: number): void {
    for (const entry of this.#all()) {
      if (entry.error?.code === "conflict") this.#put({ ...entry, error: null, seen: version });
      if (entry.error?.code === "refused") this.#put({ ...entry, error: null });
    }
  }

  /** This window's own write made a version of another: what was typed on the one stands on the other. */
  advance(from: number, to: number): void {
    for (const entry of this.#all()) if (entry.seen === from) this.#put({ ...entry, seen: to });
  }

  /** Sends what waits, one after the other. Rejects where the host cannot write; a refusal is kept beside what was typed. */
  async save(): Promise<void> {
    for (const { way } of this.#all()) {
      const entry = this.#entries.get(way.key);
      if (entry && !isRefused(entry)) await this.#saveOne(entry);
    }
  }

  async #saveOne({ way, value, seen }: Entry): Promise<void> {
    const typedNow = () => this.#entries.get(way.key);
    try {
      await this.owner.write((walkthrough) => way.send(value, walkthrough, seen));
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      const now = typedNow();
      if (now && now.value === value) this.#put({ ...now, error });
      if (isRefusal(error)) return;
      throw error;
    }
    const { walkthrough, version } = this.owner.present();
    const settled = (await way.settle?.(walkthrough).catch(() => null)) ?? null;
    const now = typedNow();
    if (now && now.value === value) {
      this.#entries.delete(way.key);
      this.#tell();
    } else if (now) {
      // Typed meanwhile, on what was just saved.
      this.#put({ ...now, value: settled ? settled.into(now.value) : now.value, seen: version });
    }
  }

  #all(): Entry[] {
    return [...this.#entries.values()];
  }

  #put(entry: Entry): void {
    this.#entries.set(entry.way.key, entry);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
