import { IconPlus, IconX } from "@tabler/icons-react";
import { useId } from "react";
import type { QuestionChoice, QuestionTask } from "../../ipc";
import { Button, IconButton } from "../../ui/Button";
import { emptyChoice, inserted, moved, replaced, without } from "./questions";
import styles from "./quiz.module.css";
import { pressInRow } from "./rows";
import { strings } from "./strings";

type ChoiceTask = Extract<QuestionTask, { options: unknown }>;
type OptionsEditorProps = { task: ChoiceTask; onChange: (task: ChoiceTask, isWhole?: boolean) => void };

/** What can be chosen, with a mark at what is right. */
export function OptionsEditor({ task, onChange }: OptionsEditorProps) {
  const group = useId();
  const { options } = task;
  const isSingle = task.kind === "single_choice";
  const set = (next: QuestionChoice[], isWhole?: boolean) => onChange({ ...task, options: next }, isWhole);
  const mark = (at: number, correct: boolean) =>
    set(
      options.map((option, index) =>
        index === at ? { ...option, correct } : isSingle ? { ...option, correct: false } : option,
      ),
      true,
    );
  const add = (at: number) => set(inserted(options, at, emptyChoice()), true);
  const remove = (at: number) => set(without(options, at), true);
  return (
    <div className={styles.rows} data-rows>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place; its id comes with the first save.
        <div key={index} className={styles.row}>
          <input
            type={isSingle ? "radio" : "checkbox"}
            name={group}
            aria-label={strings.right(index + 1)}
            title={strings.right(index + 1)}
            checked={option.correct}
            onChange={(event) => mark(index, event.target.checked)}
          />
          <input
            className={styles.text}
            aria-label={strings.option(index + 1)}
            placeholder={strings.optionPlaceholder}
            data-row-text
            value={option.text}
            onChange={(event) => set(replaced(options, index, { ...option, text: event.target.value }))}
            onKeyDown={(event) =>
              pressInRow(event, {
                index,
                count: options.length,
                onAdd: add,
                onRemove: remove,
                onMove: (from, to) => set(moved(options, from, to), true),
              })
            }
          />
          <IconButton label={strings.removeOption(index + 1)} icon={IconX} onClick={() => remove(index)} />
        </div>
      ))}
      <Button variant="quiet" icon={IconPlus} className={styles.more} onClick={() => add(options.length)}>
        {strings.addOption}
      </Button>
    </div>
  );
}
