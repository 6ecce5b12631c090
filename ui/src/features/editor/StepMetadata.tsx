// Metadata of one step, folded away until somebody wants it.

import type { Step } from "../../ipc";
import { useStored } from "../../lib/stored";
import styles from "./details.module.css";
import { stepMetadataShown } from "./folded";
import { Metadata } from "./Metadata";
import { strings } from "./strings";

export function StepMetadata({ step }: { step: Step }) {
  const [isShown, setShown] = useStored(stepMetadataShown);
  return (
    <details className={styles.folded} open={isShown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{strings.stepMetadata}</summary>
      {isShown && <Metadata key={step.id} step={step} name={strings.stepMetadata} about={strings.stepMetadataAbout} />}
    </details>
  );
}
