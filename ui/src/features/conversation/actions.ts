// What can be done in a conversation, for buttons, the palette, the menu and the keyboard.

import type { Move } from "../../ipc";
import { goBack, navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { conversationSpecs as specs } from "./action-specs";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

export type Doing = {
  /** Something else than the conversation is looked at. */
  closeBeside: (() => void) | null;
  save: () => void;
  compare: () => void;
  toggleWire: () => void;
};

/** A menu has the arrows for itself. */
const isInMenu = () => document.querySelector("[role='menu']") !== null;

export function conversationActions(id: string, conversing: Conversing, todo: Doing): Action[] {
  const { at, total, go, instead, restart, undo, view } = conversing;
  const step = (to: number) => () => isInMenu() || go(to);
  const move = (kind: Exclude<Move["move"], "edit">) => () => instead({ move: kind });
  const isShown = todo.closeBeside === null;
  const has = total > 0 && isShown;
  const leave = todo.closeBeside ?? (() => goBack({ screen: "editor", id, step: null }));
  return [
    doing(specs["next-turn"], step(at + 1), has && at < total),
    doing(specs["previous-turn"], step(at - 1), has && at > 1),
    doing(specs["first-turn"], step(1), has && at > 1),
    doing(specs["last-turn"], step(total), has && at < total),
    doing(specs["show-wire"], todo.toggleWire, has),
    doing(specs["repeat-call"], move("repeat"), has),
    doing(specs["skip-a-step"], move("skip"), has),
    doing(specs["wrong-step-id"], move("wrong_id"), has),
    doing(specs["second-session"], move("other_session"), has),
    doing(specs["come-back"], move("come_back"), has),
    doing(specs["ask-status"], move("status"), has),
    doing(specs["clear-progress"], move("reset"), has),
    doing(specs["save-conversation"], todo.save, total > 0),
    doing(specs["restart-conversation"], restart),
    doing(specs["compare-production"], todo.compare, total > 0),
    doing(specs["leave-conversation"], () => isInMenu() || leave()),
    { id: "agent-runs", label: strings.tryModel, run: () => navigate({ screen: "agent-runs", id }) },
    { id: "undo", label: strings.undoBranch, shortcut: "Mod+Z", isEnabled: isShown && view.past.length > 0, run: undo },
  ];
}
