// The way into the preview by keyboard, and back to where one wrote.

import type { Field } from "../../ipc";
import { previewShown } from "./editor";
import { focusField } from "./FieldEditor";

const panel = () => document.querySelector<HTMLElement>("[data-preview]");

/** Where the focus was: a text by its field, since another step may be shown by then. */
let before: { field: Field | undefined; element: HTMLElement } | null = null;

/** Shows the preview and goes to it; from within it, hides it and goes back. */
export function togglePreview(): void {
  if (panel()?.contains(document.activeElement)) {
    previewShown.write(false);
    leavePreview();
    return;
  }
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement) {
    const field = activeElement.closest<HTMLElement>("[data-field]")?.dataset.field as Field | undefined;
    before = { field, element: activeElement };
  }
  previewShown.write(true);
  setTimeout(() => panel()?.focus({ preventScroll: true }));
}

/** To where one was before, or to the first text. */
export function leavePreview(): void {
  if (before?.field) focusField(before.field);
  else if (before?.element.isConnected && before.element !== document.body) before.element.focus();
  else focusField("introduction_for_agent");
}
