import type { StepId, Walkthrough } from "../../ipc";
import { navigate } from "../../lib/route";
import { SelectField } from "../../ui/SelectField";
import styles from "./history.module.css";
import { strings } from "./strings";

/** Of the whole walkthrough, or of one of its steps. */
export function StepFilter({ walkthrough, step }: { walkthrough: Walkthrough; step: StepId | null }) {
  const choices = [
    { value: "", label: strings.allSteps },
    ...walkthrough.steps.map(({ id, title }, index) => ({ value: id, label: `${index + 1} · ${title}` })),
    // A step that is gone still has a history.
    ...(step && !walkthrough.steps.some(({ id }) => id === step) ? [{ value: step, label: step }] : []),
  ];
  return (
    <div className={styles.filter}>
      <SelectField
        label={strings.show}
        value={step ?? ""}
        choices={choices}
        onChoose={(chosen) => navigate({ screen: "history", id: walkthrough.id, step: chosen || null }, "replace")}
      />
    </div>
  );
}
