// Where the keyboard is in the list, and where a menu of a row comes up.

import type { KeyboardEvent } from "react";
import type { Point } from "../../ui/Menu";

export function below(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

export function focusRow(list: HTMLElement | null, index: number): void {
  list?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
}

/** From a row to what was found in it, and back. */
export function moveWithin(event: KeyboardEvent): boolean {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { target } = event;
  if (!by || !(target instanceof HTMLAnchorElement)) return false;
  const links = [...(target.closest("[data-index]")?.querySelectorAll("a") ?? [])];
  const next = links[links.indexOf(target) + by];
  next?.focus();
  if (next) event.preventDefault();
  return next !== undefined;
}

export function indexOf(target: EventTarget): number {
  const row = target instanceof HTMLAnchorElement ? target.closest<HTMLElement>("[data-index]") : null;
  return row ? Number(row.dataset.index) : -1;
}
