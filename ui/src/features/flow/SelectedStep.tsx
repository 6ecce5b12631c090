// The chosen step: where it leads, and what can be done about it.

import { IconArrowRight, IconLink, IconLinkOff, IconPencil, IconRoute } from "@tabler/icons-react";
import type { FlowStep } from "../../ipc";
import { showWhole } from "../../lib/whole";
import { Button, IconButton } from "../../ui/Button";
import styles from "./flow.module.css";
import type { FlowView } from "./shared";
import { strings } from "./strings";
import { leads, notes } from "./words";

export function SelectedStep({ step, steps, actions, onLink, onOpen }: FlowView & { step: FlowStep }) {
  const marks = notes(step);
  return (
    <div className={styles.selected}>
      <span className={styles.selectedNumber}>{step.position}</span>
      <span className={styles.selectedTitle} onPointerEnter={showWhole}>
        {step.title}
      </span>
      <IconArrowRight size={15} stroke={1.75} aria-hidden />
      <span className={styles.selectedLeads}>
        {leads(step, steps)}
        {marks.length > 0 && <em>{marks.join(" · ")}</em>}
      </span>
      <span className={styles.spring} />
      <Button icon={IconLink} shortcut="L" onClick={() => onLink(step)}>
        {strings.linkTo}
      </Button>
      <IconButton
        label={strings.straighten}
        icon={IconRoute}
        shortcut="P"
        onClick={() => actions.straighten(step.id)}
      />
      <IconButton
        label={strings.removeLink}
        icon={IconLinkOff}
        shortcut="Delete"
        disabled={step.link.kind === "none"}
        onClick={() => actions.unlink(step)}
      />
      <IconButton label={strings.openStep} icon={IconPencil} shortcut="Enter" onClick={() => onOpen(step.id)} />
    </div>
  );
}
