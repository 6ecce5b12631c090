// The steps in their order: choose one, and move, rename, add and delete them.

import { IconInfoCircle, IconPlus, IconSearch, IconSitemap } from "@tabler/icons-react";
import { useMemo } from "react";
import { classNames } from "../../lib/class-names";
import { useStored } from "../../lib/stored";
import { IconButton } from "../../ui/Button";
import { useKeysFor } from "../../ui/keymap";
import { useEditor } from "./editor";
import { isProblem } from "./problems";
import { StepList } from "./StepList";
import { insertBelow, stepFilter } from "./steps/step-actions";
import styles from "./steps.module.css";
import { strings } from "./strings";

export function StepsPane() {
  const editor = useEditor();
  const [filter, setFilter] = useStored(stepFilter);
  const { findings, isDetails, part, step, go, goDetails, goFlow } = editor;
  const ofWalkthrough = useMemo(
    () => findings.filter((finding) => finding.step_id === null && isProblem(finding)).length,
    [findings],
  );
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <h2>{strings.steps}</h2>
        <IconButton
          label={strings.filterSteps}
          icon={IconSearch}
          shortcut="Mod+Alt+F"
          className={filter === null ? undefined : styles.pressed}
          aria-pressed={filter !== null}
          onClick={() => setFilter(filter === null ? "" : null)}
        />
        <IconButton
          label={strings.showFlow}
          icon={IconSitemap}
          shortcut="Mod+Shift+L"
          className={part === "flow" ? styles.pressed : undefined}
          aria-pressed={part === "flow"}
          onClick={() => (part === "flow" && step ? go(step.id) : goFlow(step?.id ?? null))}
        />
        <IconButton
          label={strings.addStep}
          icon={IconPlus}
          shortcut={useKeysFor("insert-step")}
          onClick={() => insertBelow(editor)}
        />
      </div>
      <button
        type="button"
        className={classNames(styles.details, isDetails && styles.current)}
        aria-current={isDetails ? "page" : undefined}
        onClick={goDetails}
      >
        <IconInfoCircle size={16} stroke={1.75} aria-hidden />
        <span>{strings.walkthroughDetails}</span>
        {ofWalkthrough > 0 && <span className={styles.problems}>{ofWalkthrough}</span>}
      </button>
      <StepList />
    </div>
  );
}
