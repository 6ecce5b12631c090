import { IconPlus, IconX } from "@tabler/icons-react";
import type { QuestionTask } from "../../ipc";
import { Button, IconButton } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { inserted, moved, replaced, without } from "./questions";
import styles from "./quiz.module.css";
import { pressInRow } from "./rows";
import { strings } from "./strings";

type TextTask = Extract<QuestionTask, { kind: "short_text" }>;
type AcceptedEditorProps = { task: TextTask; onChange: (task: TextTask, isWhole?: boolean) => void };

/** Answers that count as right. */
export function AcceptedEditor({ task, onChange }: AcceptedEditorProps) {
  const { accepted } = task;
  const set = (next: string[], isWhole?: boolean) => onChange({ ...task, accepted: next }, isWhole);
  const add = (at: number) => set(inserted(accepted, at, ""), true);
  const remove = (at: number) => set(without(accepted, at), true);
  return (
    <div className={styles.rows} data-rows>
      {accepted.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place.
        <div key={index} className={styles.row}>
          <input
            className={styles.text}
            aria-label={strings.accepted(index + 1)}
            placeholder={strings.acceptedPlaceholder}
            data-row-text
            value={text}
            onChange={(event) => set(replaced(accepted, index, event.target.value))}
            onKeyDown={(event) =>
              pressInRow(event, {
                index,
                count: accepted.length,
                onAdd: add,
                onRemove: remove,
                onMove: (from, to) => set(moved(accepted, from, to), true),
              })
            }
          />
          <IconButton label={strings.removeAccepted(index + 1)} icon={IconX} onClick={() => remove(index)} />
        </div>
      ))}
      <div className={styles.below}>
        <Button variant="quiet" icon={IconPlus} className={styles.more} onClick={() => add(accepted.length)}>
          {strings.addAccepted}
        </Button>
        <Checkbox
          label={strings.caseSensitive}
          isOn={task.case_sensitive}
          onSwitch={(case_sensitive) => onChange({ ...task, case_sensitive }, true)}
        />
      </div>
    </div>
  );
}
