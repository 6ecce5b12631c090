import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  asWaymarkError,
  commands,
  type ImportPreview,
  keys,
  type OnClash,
  type Source,
  useTask,
  type WorkProgress,
} from "../../ipc";
import { offerFiles } from "../../lib/offered-files";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { ProgressBar } from "../../ui/ProgressBar";
import { tell, tellError } from "../../ui/tell";
import { ImportItemRow } from "./ImportItemRow";
import styles from "./import.module.css";
import { strings } from "./strings";

type ImportPreviewViewProps = { source: Source; preview: ImportPreview };
const choices: readonly OnClash[] = ["update", "copy", "skip"];
const choicesOfBundles: readonly OnClash[] = ["review", ...choices];

/** What is in the files, what is here already, and one button that says what it will do. */
export function ImportPreviewView({ source, preview }: ImportPreviewViewProps) {
  const client = useQueryClient();
  const found = preview.items.flatMap((item) => (item.found ? [item.found] : []));
  const clashes = found.filter(({ clash }) => clash !== null);
  const isSame = clashes.every(({ clash }) => clash?.is_same_id);
  const hasReviews = isSame && clashes.every(({ review }) => review !== null);
  const [onClash, setOnClash] = useState<OnClash>(hasReviews ? "review" : isSame ? "update" : "copy");
  const task = useTask();
  const button = useRef<HTMLButtonElement>(null);
  // What was pressed to come here is gone: Enter goes on, unless the keyboard is elsewhere by now.
  useEffect(() => {
    if (!document.activeElement?.matches("button, input, textarea, a")) button.current?.focus({ preventScroll: true });
  }, []);
  const coming = onClash === "skip" ? found.length - clashes.length : found.length;

  const run = async () => {
    try {
      const run = { source, on_clash: clashes.length > 0 ? onClash : null };
      const { walkthroughs, failed, left } = await task.run(preview.items.length, (task) =>
        commands.runImport({ task, run }),
      );
      void client.invalidateQueries({ queryKey: keys.drafts });
      void client.invalidateQueries({ queryKey: ["review"] });
      const came = walkthroughs.filter(({ outcome }) => outcome === "created" || outcome === "copied");
      const updated = walkthroughs.filter(({ outcome }) => outcome === "updated");
      const reviewed = walkthroughs.filter(({ outcome }) => outcome === "reviewed");
      tell(
        [sentence(came.length, updated.length, reviewed.length), left > 0 ? strings.left(left) : ""]
          .filter(Boolean)
          .join(" "),
      );
      for (const { error } of failed) tellError(error);
      offerFiles(null);
      const [only, ...others] = [...came, ...updated, ...reviewed];
      navigate(only && others.length === 0 ? { screen: "editor", id: only.id, step: null } : { screen: "library" });
    } catch (error) {
      tellError(asWaymarkError(error));
    }
  };

  return (
    <div className={styles.page}>
      <ul className={styles.items}>
        {preview.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file can be dropped twice.
          <ImportItemRow key={index} item={item} />
        ))}
      </ul>
      <div className={styles.decision}>
        {clashes.length > 0 && (
          <fieldset className={styles.choices}>
            <legend>{strings.clashQuestion(clashes.length)}</legend>
            {(hasReviews ? choicesOfBundles : choices).map((choice) => (
              <label key={choice} className={styles.choice}>
                <input type="radio" name="clash" checked={onClash === choice} onChange={() => setOnClash(choice)} />
                <span>
                  <strong>{strings.clashChoices[choice].label}</strong>
                  {strings.clashChoices[choice].about}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {task.progress && preview.items.length > 1 && <ImportProgress progress={task.progress} />}
        <div className={styles.buttons}>
          <Button
            ref={button}
            variant="primary"
            disabled={coming === 0 || task.progress !== null}
            onClick={() => void run()}
          >
            {task.progress ? strings.importing : coming === 0 ? strings.nothing : strings.import(coming)}
          </Button>
          {task.progress && preview.items.length > 1 && (
            <Button disabled={task.progress.isStopping} onClick={task.stop}>
              {strings.stop}
            </Button>
          )}
          {found.length > 0 && found.length < preview.items.length && (
            <span className={styles.muted}>{strings.ignored}</span>
          )}
        </div>
      </div>
    </div>
  );
}

function ImportProgress({ progress: { done, total, last, isStopping } }: { progress: WorkProgress }) {
  return (
    <div className={styles.progress}>
      <ProgressBar total={total} done={done} label={strings.importing} />
      <p className={styles.muted} role="status">
        {isStopping ? strings.stopping : [strings.progress(done, total), last].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}

function sentence(came: number, updated: number, reviewed: number): string {
  const parts = [
    came > 0 ? strings.imported(came) : "",
    updated > 0 ? strings.updated(updated) : "",
    reviewed > 0 ? strings.reviewed(reviewed) : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : strings.skipped;
}
