// What can be done with a step of the flow, where it stands.

import { IconArrowRight, IconHelpHexagon, IconLink, IconLinkOff, IconPencil, IconRoute } from "@tabler/icons-react";
import { type FlowStep, useOpenPart } from "../../ipc";
import { MenuAbout, MenuAction, MenuAt, MenuSeparator, type Point } from "../../ui/Menu";
import type { FlowView } from "./shared";
import { strings } from "./strings";
import { leads } from "./words";

export type AskedStep = { step: FlowStep; at: Point };

type FlowMenuProps = { asked: AskedStep; view: FlowView; onClose: () => void };

export function FlowMenu({ asked: { step, at }, view, onClose }: FlowMenuProps) {
  const { steps, withQuiz, actions, onSelect, onOpen, onLink } = view;
  const { openQuiz } = useOpenPart();
  const next = step.next === null ? undefined : steps.get(step.next);
  const follow = () => next && onSelect(next.id);
  const toQuiz = () => openQuiz(step.id);
  const quiz = withQuiz.has(step.id) ? strings.openQuiz : strings.addQuiz;
  return (
    <MenuAt at={at} label={step.title} onClose={onClose}>
      <MenuAbout>
        {strings.number(step.position)} · {leads(step, steps)}
      </MenuAbout>
      <MenuAction
        icon={IconPencil}
        action={{ id: "open", label: strings.openStep, shortcut: "Enter", run: () => onOpen(step.id) }}
      />
      <MenuAction icon={IconHelpHexagon} action={{ id: "quiz", label: quiz, run: toQuiz }} />
      <MenuSeparator />
      <MenuAction
        icon={IconLink}
        action={{ id: "link", label: strings.linkTo, shortcut: "L", run: () => setTimeout(() => onLink(step)) }}
      />
      <MenuAction
        icon={IconRoute}
        action={{ id: "straighten", label: strings.straighten, shortcut: "P", run: () => actions.straighten(step.id) }}
      />
      <MenuAction
        icon={IconLinkOff}
        action={{
          id: "unlink",
          label: strings.removeLink,
          shortcut: "Delete",
          isEnabled: step.link.kind !== "none",
          run: () => actions.unlink(step),
        }}
      />
      <MenuSeparator />
      <MenuAction
        icon={IconArrowRight}
        action={{ id: "follow", label: strings.goToNext, isEnabled: next !== undefined, run: follow }}
      />
    </MenuAt>
  );
}
