// Commenting from the text: on what is selected, else on the field with the focus, else on the step.

import { commentedOn, shownThread } from "../../../ipc";
import { previewShown, previewTab } from "../editor";
import { activeText, openViews } from "./open-views";
import { ownerOf } from "./places";

/** Shows the review beside the text. */
export function showReview(): void {
  previewShown.write(true);
  previewTab.write("review");
}

export function showThread(thread: string): void {
  showReview();
  shownThread.write(thread);
}

export function commentHere(): void {
  const active = activeText();
  const isSelected = ({ view }: { view: NonNullable<typeof active>["view"] }) => !view.state.selection.main.empty;
  const open = active ?? openViews().find(isSelected) ?? openViews()[0];
  const owner = open && ownerOf(open.view);
  if (!open || !owner) return;
  const { from, to, empty } = open.view.state.selection.main;
  const selection = empty ? null : { from, to, quote: open.view.state.sliceDoc(from, to) };
  const isOnField = active !== null || selection !== null;
  commentedOn.write({
    walkthrough: owner.session.read().walkthrough.id,
    step: owner.step(),
    field: isOnField ? open.field : null,
    selection,
    turn: null,
  });
  showReview();
}
