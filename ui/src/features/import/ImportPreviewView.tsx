import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, type ImportPreview, keys, type OnClash, type Source } from "../../ipc";
import { offerFiles } from "../../lib/offered-files";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { tell, tellError } from "../../ui/tell";
import { ImportItemRow } from "./ImportItemRow";
import styles from "./import.module.css";
import { strings } from "./strings";

type ImportPreviewViewProps = { source: Source; preview: ImportPreview };
const choices: readonly OnClash[] = ["update", "copy", "skip"];

/** What is in the files, what is here already, and one button that says what it will do. */
export function ImportPreviewView({ source, preview }: ImportPreviewViewProps) {
  const client = useQueryClient();
  const found = preview.items.flatMap((item) => (item.found ? [item.found] : []));
  const clashes = found.filter(({ clash }) => clash !== null);
  const [onClash, setOnClash] = useState<OnClash>(clashes.every(({ clash }) => clash?.is_same_id) ? "update" : "copy");
  const [isRunning, setIsRunning] = useState(false);
  const coming = onClash === "skip" ? found.length - clashes.length : found.length;

  const run = async () => {
    setIsRunning(true);
    try {
      const { walkthroughs, failed } = await commands.runImport({
        source,
        on_clash: clashes.length > 0 ? onClash : null,
      });
      void client.invalidateQueries({ queryKey: keys.drafts });
      const came = walkthroughs.filter(({ outcome }) => outcome === "created" || outcome === "copied");
      const updated = walkthroughs.filter(({ outcome }) => outcome === "updated");
      tell(sentence(came.length, updated.length));
      for (const { error } of failed) tellError(error);
      offerFiles(null);
      const [only, ...others] = [...came, ...updated];
      navigate(only && others.length === 0 ? { screen: "editor", id: only.id, step: null } : { screen: "library" });
    } catch (error) {
      tellError(asWaymarkError(error));
      setIsRunning(false);
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
            {choices.map((choice) => (
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
        <div className={styles.buttons}>
          <Button variant="primary" disabled={coming === 0 || isRunning} onClick={() => void run()}>
            {isRunning ? strings.importing : coming === 0 ? strings.nothing : strings.import(coming)}
          </Button>
          {found.length > 0 && found.length < preview.items.length && (
            <span className={styles.muted}>{strings.ignored}</span>
          )}
        </div>
      </div>
    </div>
  );
}

function sentence(came: number, updated: number): string {
  const parts = [came > 0 ? strings.imported(came) : "", updated > 0 ? strings.updated(updated) : ""].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : strings.skipped;
}
