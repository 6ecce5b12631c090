// The editor of one field. It stays while one goes from step to step, and is given another text: making four editors anew is
// most of what a step takes to appear.

import { setDiagnostics } from "@codemirror/lint";
import { type ChangeSet, EditorState, type Text, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Field, readOnly, type StepId } from "../../../ipc";
import { fieldWords } from "../../../lib/fields";
import { fieldExtensions } from "../codemirror";
import type { DraftSession } from "../session";
import { strings } from "../strings";
import { showThread } from "./comment";
import { opened } from "./open-views";
import { follow, own } from "./places";
import { commentMarks } from "./review-marks";

/** What comes from the host, and is not to be saved again. */
const fromHost = Transaction.remote.of(true);

export class FieldView {
  readonly #view: EditorView;
  #step: StepId;
  #show: (changes: ChangeSet) => void;
  #closed: () => void;
  /** Another text takes the place of this one: that is no change of either. */
  #isTurning = false;

  constructor(
    parent: Element,
    private readonly session: DraftSession,
    step: StepId,
    private readonly field: Field,
  ) {
    this.#step = step;
    this.#show = this.#follow();
    this.#view = new EditorView({
      parent,
      state: EditorState.create({ doc: session.open(step, field, this.#show), extensions: this.#extensions() }),
    });
    own(this.#view, { session, field, step: () => this.#step });
    this.#closed = opened(field, this.#view);
  }

  /** Shows the same field of another step. */
  turnTo(step: StepId): void {
    if (step === this.#step) return;
    this.session.close(this.#step, this.field, this.#show);
    this.#step = step;
    this.#show = this.#follow();
    this.#replace(this.session.open(step, this.field, this.#show));
    // It is another text: who looks into the open ones looks again.
    this.#closed = opened(this.field, this.#view);
  }

  close(): void {
    this.#closed();
    this.session.close(this.#step, this.field, this.#show);
    this.#view.destroy();
  }

  #replace(doc: Text): void {
    const view = this.#view;
    this.#isTurning = true;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: doc },
      selection: { anchor: 0 },
      annotations: fromHost,
    });
    this.#isTurning = false;
    view.dispatch(setDiagnostics(view.state, []));
  }

  /** What the host changes in the step that is open now; one of these for each step, so that a late one changes nothing. */
  #follow(): (changes: ChangeSet) => void {
    return (changes) => this.#view.dispatch({ changes, annotations: fromHost, scrollIntoView: false });
  }

  #extensions() {
    const { session, field } = this;
    const typed = EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      if (!this.#isTurning) follow(this.#step, field, update.changes);
      if (update.transactions.some((transaction) => transaction.annotation(Transaction.remote))) return;
      session.type(this.#step, field, update.changes, update.state.doc);
    });
    const leave = EditorView.domEventHandlers({
      blur: () => {
        if (session.hasUnsaved) void session.flush().catch(() => undefined);
      },
    });
    const { label } = fieldWords[field];
    const comments = commentMarks(showThread);
    return [fieldExtensions(label, strings.placeholders[field], readOnly !== null), typed, leave, comments];
  }
}
