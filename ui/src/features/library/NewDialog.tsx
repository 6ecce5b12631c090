import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, keys, queries, type WalkthroughType, type WaymarkError } from "../../ipc";
import { kinds, kindWords } from "../../lib/kinds";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { KindIcon } from "../../ui/KindIcon";
import { TextField } from "../../ui/TextField";
import styles from "./new-dialog.module.css";
import { strings } from "./strings";
import { TemplateChoice } from "./TemplateChoice";

export function NewDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const rules = useQuery(queries.rules()).data;
  const [title, setTitle] = useState("");
  const [type, setType] = useState<WalkthroughType>("quickstart");
  const [template, setTemplate] = useState<string | null>(null);
  const [error, setError] = useState<WaymarkError | null>(null);
  const choose = (kind: WalkthroughType) => {
    setType(kind);
    setTemplate(null);
  };
  const create = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const { draft } = await (template === null
        ? commands.createDraft({ title: title.trim(), type })
        : commands.createFromTemplate({ title: title.trim(), template }));
      void client.invalidateQueries({ queryKey: keys.drafts });
      onClose();
      navigate({ screen: "editor", id: draft.walkthrough.id, step: null });
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={strings.newTitle} width={640} onClose={onClose}>
      <form className={styles.form} onSubmit={create} noValidate>
        <TextField
          label={strings.titleField}
          placeholder={strings.titlePlaceholder}
          value={title}
          max={rules?.title_max}
          problem={error && [error.message, error.hint].filter(Boolean).join(" ")}
          onChange={(event) => {
            setTitle(event.target.value);
            setError(null);
          }}
          autoFocus
        />
        <fieldset className={styles.kinds}>
          <legend>{strings.typeField}</legend>
          {kinds.map((kind) => (
            <label key={kind} className={styles.kind}>
              <input type="radio" name="type" checked={type === kind} onChange={() => choose(kind)} />
              <KindIcon kind={kind} size={18} />
              <span>
                <strong>{kindWords[kind].label}</strong>
                {kindWords[kind].about}
              </span>
            </label>
          ))}
        </fieldset>
        <TemplateChoice type={type} value={template} onChoose={setTemplate} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={title.trim() === ""}>
            {strings.create}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
