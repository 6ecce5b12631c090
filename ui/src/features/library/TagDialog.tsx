import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { DraftSummary } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { type BulkActions, tagsOf } from "./bulk";
import styles from "./bulk.module.css";
import { strings } from "./strings";

type TagDialogProps = {
  drafts: readonly DraftSummary[];
  all: readonly DraftSummary[];
  actions: BulkActions;
  onClose: () => void;
};

/** Tags for several walkthroughs: one to add, or one of theirs to take off. */
export function TagDialog({ drafts, all, actions, onClose }: TagDialogProps) {
  const [tag, setTag] = useState("");
  const ids = drafts.map(({ id }) => id);
  const theirs = tagsOf(drafts);
  const others = tagsOf(all).filter((known) => !drafts.every(({ tags }) => tags.includes(known)));
  const offered = others.filter((known) => known.toLowerCase().includes(tag.trim().toLowerCase())).slice(0, 12);
  const words = strings.bulk;
  const add = (name: string) => {
    onClose();
    void actions.change(ids, { add_tags: [name] }, (count) => words.tagged(count, name));
  };
  const remove = (name: string) => {
    onClose();
    void actions.change(ids, { remove_tags: [name] }, (count) => words.untagged(count, name));
  };
  return (
    <Dialog title={words.tagsTitle(drafts.length)} width={520} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (tag.trim() !== "") add(tag.trim());
        }}
      >
        <TextField label={words.tagField} value={tag} autoFocus onChange={(event) => setTag(event.target.value)} />
        <div className={styles.names}>
          {offered.map((name) => (
            <button key={name} type="button" className={styles.name} onClick={() => add(name)}>
              <IconPlus size={13} stroke={2} aria-hidden />
              {name}
            </button>
          ))}
        </div>
        {theirs.length > 0 && <p className={styles.about}>{words.takeOff}</p>}
        <div className={styles.names}>
          {theirs.map((name) => (
            <button
              key={name}
              type="button"
              className={styles.name}
              aria-label={words.takeOffTag(name)}
              onClick={() => remove(name)}
            >
              <IconX size={13} stroke={2} aria-hidden />
              {name}
            </button>
          ))}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="primary" type="submit" disabled={tag.trim() === ""}>
            {words.addTag}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
