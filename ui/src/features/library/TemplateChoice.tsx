import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, keys, queries, type WalkthroughType } from "../../ipc";
import { IconButton } from "../../ui/Button";
import { tell, tellError } from "../../ui/tell";
import styles from "./new-dialog.module.css";
import { strings } from "./strings";

type TemplateChoiceProps = { type: WalkthroughType; value: string | null; onChoose: (name: string | null) => void };

/** What a new walkthrough begins with: nothing, or a template of its type. */
export function TemplateChoice({ type, value, onChoose }: TemplateChoiceProps) {
  const client = useQueryClient();
  const templates = (useQuery(queries.templates()).data ?? []).filter((template) => template.type === type);
  const remove = async (name: string) => {
    try {
      await commands.removeTemplate(name);
      if (value === name) onChoose(null);
      tell(strings.templateRemoved(name));
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: keys.templates });
  };
  return (
    <fieldset className={styles.templates}>
      <legend>{strings.templateField}</legend>
      <label className={styles.template}>
        <input type="radio" name="template" checked={value === null} onChange={() => onChoose(null)} />
        <span>
          <strong>{strings.blank}</strong>
          {strings.blankAbout}
        </span>
      </label>
      {templates.map(({ name, about, steps, is_own }) => (
        <div key={name} className={styles.choice}>
          <label className={styles.template}>
            <input type="radio" name="template" checked={value === name} onChange={() => onChoose(name)} />
            <span>
              <strong>{name}</strong>
              {[about, strings.steps(steps)].filter(Boolean).join(" · ")}
            </span>
          </label>
          {is_own && (
            <IconButton label={strings.removeTemplate(name)} icon={IconTrash} onClick={() => void remove(name)} />
          )}
        </div>
      ))}
    </fieldset>
  );
}
