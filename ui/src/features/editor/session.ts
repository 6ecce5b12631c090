// One open walkthrough: what the host has, what is typed, and one queue through which every change goes, in order.

import type { ChangeSet, Text } from "@codemirror/state";
import {
  type Applied,
  asWaymarkError,
  type Commands,
  type Edit,
  type Field,
  type OpenDraft,
  type StepId,
  type Walkthrough,
} from "../../ipc";
import { patched } from "./change";
import { firstDifference } from "./difference";
import { Pace } from "./pace";
import { editsOf, PendingTexts, type Taken } from "./pending";
import { openedState, type Place, type SaveState } from "./session-state";
import { SessionStore } from "./session-store";
import { textOf, withTexts } from "./texts";
import { isRefusal, TypedStore } from "./typed-values";

type Travels = Pick<OpenDraft, "can_undo" | "can_redo">;

export class DraftSession extends SessionStore {
  readonly #pending = new PendingTexts();
  /** What is typed into anything else than the texts. */
  readonly typed: TypedStore;
  readonly #pace: Pace;
  /** The version that was made last from here, by whatever changed something. */
  lastMade: number | null = null;

  constructor(
    opened: OpenDraft,
    readonly host: Commands,
    private readonly now: () => number = Date.now,
    /** Somebody else's change to the same text was woven in. */
    private readonly onMerged: () => void = () => undefined,
  ) {
    super(openedState(opened));
    this.#pace = new Pace(() => this.#saveSoon(), now);
    this.typed = new TypedStore({
      touched: (isWhole, wasRefused) => this.#touch(isWhole, wasRefused),
      dropped: () => (this.hasUnsaved ? this.#saveSoon() : this.settled()),
      flush: () => this.flush(),
      write: (run) => this.#run(run),
      present: () => this.state,
    });
  }

  /** Whether something waits for the host to have it. */
  get hasUnsaved(): boolean {
    return !this.#pending.isEmpty || this.typed.isWaiting;
  }

  /** A text as typed. */
  text(step: StepId, field: Field): string | null {
    return this.#pending.typed(step, field)?.toString() ?? textOf(this.state.walkthrough, step, field);
  }

  open(step: StepId, field: Field, show: (changes: ChangeSet) => void): Text {
    return this.#pending.open(step, field, textOf(this.state.walkthrough, step, field) ?? "", show);
  }

  close(step: StepId, field: Field, show: (changes: ChangeSet) => void): void {
    this.#pending.close(step, field, show);
  }

  type(step: StepId, field: Field, changes: ChangeSet, doc: Text): void {
    this.#pending.type(step, field, changes, doc);
    this.#touch(false, false);
  }

  /** Saves what is typed. Rejects if that fails; the text stays and is tried again. */
  flush(): Promise<void> {
    this.#pace.stop();
    return this.next(() => this.#save());
  }

  edit(edit: Edit): Promise<void> {
    return this.write((walkthrough, seen_version) => this.host.applyEdit({ walkthrough, edit, seen_version }));
  }

  /** Takes the last change back, or does it again. Gives where something changed, or null if there was nothing to do. */
  async travel(direction: "undo" | "redo"): Promise<Place | "details" | null> {
    let before = this.state.walkthrough;
    await this.write((walkthrough) => {
      before = this.state.walkthrough;
      return this.host[direction](walkthrough);
    });
    return firstDifference(before, this.state.walkthrough);
  }

  /** Another window, the command line or a folder changed the draft. */
  async reload(): Promise<void> {
    await this.next(() => this.#adoptAnew());
    if (this.hasUnsaved) await this.flush();
  }

  /** After a conflict: weaves what stands here into what is there, or shows what is there alone. */
  async settle(side: "mine" | "theirs"): Promise<void> {
    if (side === "theirs") {
      this.#pending.drop();
      this.typed.dropRefused(({ code }) => code === "conflict");
    }
    this.set({ save: { kind: "saving" } });
    await this.next(() => this.#adoptAnew());
    if (side === "mine") this.typed.insist(this.state.version);
    if (this.hasUnsaved) await this.flush();
    else this.settled();
  }

  write(run: (id: string, version: number) => Promise<Applied | null>): Promise<void> {
    return this.next(async () => {
      await this.#save();
      await this.#run(run).catch((thrown: unknown) => {
        // Who asked for it tells why not. What is typed is as saved as before.
        if (isRefusal(asWaymarkError(thrown))) this.settled();
        throw thrown;
      });
    });
  }

  async #run(run: (id: string, version: number) => Promise<Applied | null>): Promise<void> {
    const applied = await this.attempt(() => run(this.state.walkthrough.id, this.state.version));
    if (applied) await this.#adopt(applied);
  }

  /** The texts first: a form that the host refuses keeps nothing else from being saved. */
  async #save(): Promise<void> {
    await this.#saveTexts();
    await this.typed.save();
    if (!this.hasUnsaved && this.state.save.kind !== "saved") this.settled();
  }

  async #saveTexts(): Promise<void> {
    const taken = this.#pending.take();
    if (taken.length === 0) return;
    const { walkthrough, version } = this.state;
    const edit = editsOf(taken);
    const applied = await this.attempt(() =>
      this.host.applyEdit({ walkthrough: walkthrough.id, edit, seen_version: version }).catch((error: unknown) => {
        this.#pending.putBack(taken);
        throw error;
      }),
    );
    await this.#adopt(applied, taken);
  }

  protected standing(): SaveState {
    const error = this.typed.refusal;
    if (error) return { kind: "failed", error };
    return this.hasUnsaved ? { kind: "saving" } : { kind: "saved", at: this.now() };
  }

  /** What goes wrong stands in the state. */
  #saveSoon(): void {
    void this.flush().catch(() => undefined);
  }

  #touch(isWhole: boolean, wasRefused: boolean): void {
    if (this.state.save.kind === "saved" || wasRefused)
      this.set({ save: { kind: "saving" }, history: { canUndo: true, canRedo: false } });
    this.#pace.typed(isWhole);
    this.tellTyped();
  }

  /** Puts what a write changed in its place. Where it starts from another state than this one, everything is read anew. */
  async #adopt(applied: Applied, taken: Taken[] = []): Promise<void> {
    const { version, from_version, change, rebased } = applied;
    if (version !== from_version) this.lastMade = version;
    if (rebased?.is_merged) this.onMerged();
    const known = withTexts(this.state.walkthrough, taken);
    if (from_version !== this.state.version || rebased) {
      this.state = { ...this.state, walkthrough: known };
      await this.#adoptAnew();
    } else {
      this.typed.advance(from_version, version);
      this.#show(change ? patched(known, change) : known, version, applied, change !== null);
    }
  }

  async #adoptAnew(): Promise<void> {
    const opened = await this.host.openDraft(this.state.walkthrough.id);
    this.state = { ...this.state, trashedAt: opened.draft.trashed_at };
    this.#show(opened.draft.walkthrough, opened.version, opened, true);
  }

  #show(walkthrough: Walkthrough, version: number, travels: Travels, isNews: boolean): void {
    if (isNews) this.#pending.adopt((step, field) => textOf(walkthrough, step, field));
    const history = { canUndo: travels.can_undo, canRedo: travels.can_redo };
    const told = isNews ? { adopted: this.state.adopted + 1, news: walkthrough } : {};
    this.set({ walkthrough, version, history, ...told });
    if (isNews) this.tellTyped();
  }
}
