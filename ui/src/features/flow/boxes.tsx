// A step in the graph, and the place where a step is missing.

import { IconAlertTriangle, IconHelpHexagon, IconRefresh, IconRoute } from "@tabler/icons-react";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { classNames } from "../../lib/class-names";
import { showWhole } from "../../lib/whole";
import styles from "./boxes.module.css";
import type { MissingNode, StepNode } from "./graph";
import { strings } from "./strings";

export const StepBox = memo(function StepBox({ data, selected }: NodeProps<StepNode>) {
  const { step, isLinkedOrder, hasQuiz } = data;
  const isBad = step.closes_circle || step.is_passed_over || step.link.kind === "itself";
  const differs = isLinkedOrder || step.linked_position !== step.position;
  return (
    <div className={classNames(styles.step, selected && styles.selected, isBad && styles.bad)} data-flow-step={step.id}>
      <Handle id="in" type="target" position={Position.Top} className={styles.target ?? ""} />
      <Handle
        id="side-in"
        type="target"
        position={Position.Right}
        className={styles.hidden ?? ""}
        isConnectable={false}
      />
      <span className={styles.number}>{step.position}</span>
      <span className={styles.title} onPointerEnter={showWhole}>
        {step.title}
      </span>
      <span className={styles.marks}>
        {differs && (
          <span className={styles.mark} title={strings.linkedTitle}>
            <IconRoute size={12} stroke={1.75} aria-hidden />
            {strings.linkedNumber(step.linked_position)}
          </span>
        )}
        {hasQuiz && (
          <span className={styles.mark}>
            <IconHelpHexagon size={12} stroke={1.75} aria-hidden />
            {strings.quiz}
          </span>
        )}
        {step.circle > 0 && (
          <span className={classNames(styles.mark, styles.wrong)}>
            <IconRefresh size={12} stroke={1.75} aria-hidden />
            {step.closes_circle ? strings.closesCircle : strings.inCircle(step.circle)}
          </span>
        )}
        {step.is_passed_over && <Wrong text={strings.unreached} />}
        {step.link.kind === "itself" && <Wrong text={strings.leadsToItself} />}
      </span>
      <Handle
        id="side-out"
        type="source"
        position={Position.Right}
        className={styles.hidden ?? ""}
        isConnectable={false}
      />
      <Handle id="out" type="source" position={Position.Bottom} className={styles.source ?? ""} />
    </div>
  );
});

function Wrong({ text }: { text: string }) {
  return (
    <span className={classNames(styles.mark, styles.wrong)}>
      <IconAlertTriangle size={12} stroke={1.75} aria-hidden />
      {text}
    </span>
  );
}

export const MissingBox = memo(function MissingBox({ data }: NodeProps<MissingNode>) {
  return (
    <div className={styles.missing}>
      <Handle id="in" type="target" position={Position.Top} className={styles.hidden ?? ""} isConnectable={false} />
      <code>{data.id}</code>
      <span>{strings.missing}</span>
    </div>
  );
});
