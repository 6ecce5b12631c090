// The keys of the graph and of the list.

import type { KeyboardEvent } from "react";
import { isPressed } from "../../ui/keymap";
import { asksForMenu, type Point } from "../../ui/Menu";
import { flowSpecs } from "./action-specs";
import type { FlowView } from "./shared";

/** Does what a key means for the chosen step. */
export function press(event: KeyboardEvent, view: FlowView): void {
  const { flow, selected, actions, onSelect, onOpen, onLink, onAsk } = view;
  if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey || !selected) return;
  const at = selected.position - 1;
  const last = flow.steps.length - 1;
  const before = flow.steps.find(({ next }) => next === selected.id)?.id;
  const targets: Record<string, string | null | undefined> = {
    ArrowUp: flow.steps[Math.max(at - 1, 0)]?.id,
    ArrowDown: flow.steps[Math.min(at + 1, last)]?.id,
    Home: flow.steps[0]?.id,
    End: flow.steps[last]?.id,
    PageUp: flow.steps[Math.max(at - 10, 0)]?.id,
    PageDown: flow.steps[Math.min(at + 10, last)]?.id,
  };
  const is = (id: keyof typeof flowSpecs) => isPressed(flowSpecs[id], event.nativeEvent);
  const target = is("flow-onward") ? selected.next : is("flow-back") ? before : targets[event.key];
  if (target) onSelect(target);
  else if (is("flow-open")) onOpen(selected.id);
  else if (is("flow-unlink")) actions.unlink(selected);
  else if (is("flow-link")) onLink(selected);
  else if (is("flow-plain")) actions.straighten(selected.id);
  else if (asksForMenu(event)) onAsk(selected, under(event.currentTarget, selected.id));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Just below a step as it is drawn. */
function under(view: Element, id: string): Point {
  const drawn = view.querySelector(`[data-flow-step="${CSS.escape(id)}"]`) ?? view;
  const box = drawn.getBoundingClientRect();
  return { x: box.left + 24, y: Math.min(box.bottom, view.getBoundingClientRect().bottom) - 4 };
}
