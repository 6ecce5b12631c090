import { IconX } from "@tabler/icons-react";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type DraftSummary, queries } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import type { BulkActions } from "./bulk";
import styles from "./bulk.module.css";
import { strings } from "./strings";
import { namesIn } from "./view";

type ServerDialogProps = {
  drafts: readonly DraftSummary[];
  all: readonly DraftSummary[];
  actions: BulkActions;
  onClose: () => void;
};

/** Where several walkthroughs are offered: a part of the drafts, like their text. */
export function ServerDialog({ drafts, all, actions, onClose }: ServerDialogProps) {
  const [server, setServer] = useState("");
  const connections = useQuery(queries.connections()).data ?? [];
  const remembered = useQueries({ queries: connections.map(({ id }) => queries.servers(id)) });
  const ids = drafts.map(({ id }) => id);
  const theirs = namesIn(drafts, "servers");
  const slugs = remembered.flatMap(({ data }) => data?.map(({ slug }) => slug) ?? []);
  const known = [...new Set([...namesIn(all, "servers"), ...slugs])].sort((a, b) => a.localeCompare(b));
  const offered = known.filter((slug) => slug.includes(server.trim()) && !drafts.every((one) => one.servers.includes(slug))); // biome-ignore format: one thing.
  const words = strings.bulk;
  const assign = (slug: string) => {
    onClose();
    void actions.change(ids, { assign: slug }, (count) => words.assigned(count, slug));
  };
  const unassign = (slug: string) => {
    onClose();
    void actions.change(ids, { unassign: slug }, (count) => words.unassigned(count, slug));
  };
  return (
    <Dialog title={words.serverTitle(drafts.length)} width={520} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (server.trim() !== "") assign(server.trim());
        }}
      >
        <TextField
          label={words.serverField}
          value={server}
          autoFocus
          onChange={({ target }) => setServer(target.value)}
        />
        <div className={styles.names}>
          {offered.map((slug) => (
            <button key={slug} type="button" className={styles.name} onClick={() => assign(slug)}>
              {slug}
            </button>
          ))}
        </div>
        {theirs.length > 0 && <p className={styles.about}>{words.takeFrom}</p>}
        <div className={styles.names}>
          {theirs.map((slug) => (
            <button
              key={slug}
              type="button"
              className={styles.name}
              aria-label={words.takeFromServer(slug)}
              onClick={() => unassign(slug)}
            >
              <IconX size={13} stroke={2} aria-hidden />
              {slug}
            </button>
          ))}
        </div>
        <DialogActions>
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="primary" type="submit" disabled={server.trim() === ""}>
            {words.assign}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
