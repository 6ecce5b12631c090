// Rows of short texts that are written like a list: Enter adds one, Backspace in an empty one takes it away, Alt with
// an arrow moves it.

import type { KeyboardEvent } from "react";
import { isPressed } from "../../ui/keymap";
import { quizSpecs } from "./action-specs";

/** Gives the focus to something that is about to be drawn. */
export function focusLater(selector: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(selector)?.focus(), 30);
}

type Rows = {
  index: number;
  count: number;
  onAdd: (at: number) => void;
  onRemove: (at: number) => void;
  onMove: (from: number, to: number) => void;
};

export function pressInRow(event: KeyboardEvent<HTMLInputElement>, { index, count, onAdd, onRemove, onMove }: Rows) {
  const list = event.currentTarget.closest("[data-rows]");
  const focus = (at: number) =>
    setTimeout(() => list?.querySelectorAll<HTMLInputElement>("[data-row-text]")[at]?.focus(), 30);
  const { key, altKey } = event;
  const is = (id: keyof typeof quizSpecs) => isPressed(quizSpecs[id], event.nativeEvent);
  if (key === "Enter" && !event.ctrlKey && !event.metaKey) {
    onAdd(index + 1);
    focus(index + 1);
  } else if (is("row-remove") && event.currentTarget.value === "" && count > 1) {
    onRemove(index);
    focus(Math.max(index - 1, 0));
  } else if (is("row-up") && index > 0) {
    onMove(index, index - 1);
    focus(index - 1);
  } else if (is("row-down") && index < count - 1) {
    onMove(index, index + 1);
    focus(index + 1);
  } else if (!altKey && key === "ArrowUp" && index > 0) {
    focus(index - 1);
  } else if (!altKey && key === "ArrowDown" && index < count - 1) {
    focus(index + 1);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
