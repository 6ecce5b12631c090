// One open walkthrough: what the host has, what is typed, and one queue through which every change goes, in order.

import type { ChangeSet, Text } from "@codemirror/state";
import {
  type Applied,
  type AssignServer,
  asWaymarkError,
  type Commands,
  type Edit,
  type Field,
  type OpenDraft,
  type StepId,
  type Walkthrough,
} from "../../ipc";
import { listen } from "../../lib/listen";
import { patched } from "./change";
import { firstDifference } from "./difference";
import { editsOf, PendingTexts, type Taken } from "./pending";
import { openedState, type Place, type SessionState, saveAfter } from "./session-state";
import { textOf, withTexts } from "./texts";

type Travels = Pick<OpenDraft, "can_undo" | "can_redo">;

export class DraftSession {
  readonly #pending = new PendingTexts();
  /** A step's title as it is being typed: only the preview wants to know before it is saved. */
  typedTitle: { step: StepId; title: string } | null = null;
  readonly #changed = new Set<() => void>();
  readonly #typed = new Set<() => void>();
  #state: SessionState;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #typingSince: number | null = null;

  constructor(
    opened: OpenDraft,
    readonly host: Commands,
    private readonly now: () => number = Date.now,
    /** Somebody else's change to the same text was woven in. */
    private readonly onMerged: () => void = () => undefined,
  ) {
    this.#state = openedState(opened);
  }

  readonly read = (): SessionState => this.#state;
  readonly subscribe = (listener: () => void) => listen(this.#changed, listener);
  /** Called at each keystroke, before anything is saved. */
  readonly onTyped = (listener: () => void) => listen(this.#typed, listener);

  get hasUnsaved(): boolean {
    return !this.#pending.isEmpty;
  }

  /** A text as typed. */
  text(step: StepId, field: Field): string | null {
    return this.#pending.typed(step, field)?.toString() ?? textOf(this.#state.walkthrough, step, field);
  }

  showTyped(title: { step: StepId; title: string } | null): void {
    this.typedTitle = title;
    for (const listener of this.#typed) listener();
  }

  open(step: StepId, field: Field, show: (changes: ChangeSet) => void): Text {
    return this.#pending.open(step, field, textOf(this.#state.walkthrough, step, field) ?? "", show);
  }

  close(step: StepId, field: Field, show: (changes: ChangeSet) => void): void {
    this.#pending.close(step, field, show);
  }

  type(step: StepId, field: Field, changes: ChangeSet, doc: Text): void {
    this.#pending.type(step, field, changes, doc);
    if (this.#state.save.kind === "saved")
      this.#set({ save: { kind: "saving" }, history: { canUndo: true, canRedo: false } });
    this.#typingSince ??= this.now();
    clearTimeout(this.#timer);
    const wait = Math.min(saveAfter.pause, this.#typingSince + saveAfter.typing - this.now());
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), Math.max(wait, 0));
    for (const listener of this.#typed) listener();
  }

  /** Saves what is typed. Rejects if that fails; the text stays and is tried again with the next keystroke. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#typingSince = null;
    return this.#next(() => this.#save());
  }

  edit(edit: Edit): Promise<void> {
    return this.write((walkthrough, seen_version) => this.host.applyEdit({ walkthrough, edit, seen_version }));
  }

  assign(input: Omit<AssignServer, "walkthrough">): Promise<void> {
    return this.write((walkthrough) => this.host.assignServer({ walkthrough, ...input }));
  }

  /** Takes the last change back, or does it again. Gives where something changed, or null if there was nothing to do. */
  async travel(direction: "undo" | "redo"): Promise<Place | "details" | null> {
    let before = this.#state.walkthrough;
    await this.write((walkthrough) => {
      before = this.#state.walkthrough;
      return this.host[direction](walkthrough);
    });
    return firstDifference(before, this.#state.walkthrough);
  }

  /** Another window, the command line or a folder changed the draft. */
  async reload(): Promise<void> {
    await this.#next(() => this.#adoptAnew());
    if (this.hasUnsaved) await this.flush();
  }

  /** After a conflict: weaves what stands here into what is there, or shows what is there alone. */
  async settle(side: "both" | "theirs"): Promise<void> {
    if (side === "theirs") this.#pending.drop();
    this.#set({ save: { kind: "saving" } });
    await this.reload();
    if (!this.hasUnsaved) this.#set({ save: { kind: "saved", at: this.now() } });
  }

  /** What was refused is given up: nothing waits to be saved for it. */
  giveUp(): void {
    if (!this.hasUnsaved) this.#set({ save: { kind: "saved", at: null } });
  }

  write(run: (id: string, version: number) => Promise<Applied | null>): Promise<void> {
    return this.#next(async () => {
      await this.#save();
      const applied = await this.#attempt(() => run(this.#state.walkthrough.id, this.#state.version));
      if (applied) await this.#adopt(applied);
    });
  }

  async #save(): Promise<void> {
    const taken = this.#pending.take();
    if (taken.length === 0) return;
    const { walkthrough, version } = this.#state;
    const edit = editsOf(taken);
    const applied = await this.#attempt(() =>
      this.host.applyEdit({ walkthrough: walkthrough.id, edit, seen_version: version }).catch((error: unknown) => {
        this.#pending.putBack(taken);
        throw error;
      }),
    );
    await this.#adopt(applied, taken);
  }

  /** Runs a write and tells how it went. What the person entered wrongly is told beside the input, not here. */
  async #attempt<T>(run: () => Promise<T>): Promise<T> {
    this.#set({ save: { kind: "saving" } });
    try {
      const result = await run();
      this.#set({ save: this.hasUnsaved ? { kind: "saving" } : { kind: "saved", at: this.now() } });
      return result;
    } catch (thrown) {
      const error = asWaymarkError(thrown);
      this.#set({ save: { kind: "failed", error } });
      throw error;
    }
  }

  /** Puts what a write changed in its place. Where it starts from another state than this one, everything is read anew. */
  async #adopt(applied: Applied, taken: Taken[] = []): Promise<void> {
    const { version, from_version, change, rebased } = applied;
    if (rebased?.is_merged) this.onMerged();
    const known = withTexts(this.#state.walkthrough, taken);
    if (from_version !== this.#state.version || rebased) {
      this.#state = { ...this.#state, walkthrough: known };
      await this.#adoptAnew();
    } else {
      this.#show(change ? patched(known, change) : known, version, applied, change !== null);
    }
  }

  async #adoptAnew(): Promise<void> {
    const opened = await this.host.openDraft(this.#state.walkthrough.id);
    this.#show(opened.draft.walkthrough, opened.version, opened, true);
  }

  #show(walkthrough: Walkthrough, version: number, travels: Travels, isNews: boolean): void {
    if (isNews) this.#pending.adopt((step, field) => textOf(walkthrough, step, field));
    const history = { canUndo: travels.can_undo, canRedo: travels.can_redo };
    const told = isNews ? { adopted: this.#state.adopted + 1, news: walkthrough } : {};
    this.#set({ walkthrough, version, history, ...told });
    if (isNews) for (const listener of this.#typed) listener();
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run, run);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#changed) listener();
  }
}
