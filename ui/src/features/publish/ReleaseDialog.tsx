import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, type Connection, commands, keys } from "../../ipc";
import { navigate } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { releaseStrings as strings } from "./aim-strings";

type ReleaseDialogProps = {
  ids: string[];
  connection: Connection;
  isHidden: boolean;
  overwrite: boolean;
  onClose: () => void;
};

/** Makes one release of what is about to be published: it has a name, and goes on where it was interrupted. */
export function ReleaseDialog({ ids, connection, isHidden, overwrite, onClose }: ReleaseDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await flushAll();
      const input = { name, walkthroughs: ids, connection: connection.id, as_draft: isHidden, overwrite };
      const { id } = await commands.createRelease(input);
      await client.invalidateQueries({ queryKey: keys.releases });
      navigate({ screen: "releases", id });
    } catch (error) {
      const { message, hint } = asWaymarkError(error);
      setProblem([message, hint].filter(Boolean).join(" "));
    }
  };
  return (
    <Dialog title={strings.title(ids.length)} about={strings.about} onClose={onClose}>
      <form onSubmit={(event) => void create(event)}>
        <TextField
          label={strings.name}
          value={name}
          problem={problem}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button type="button" variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button type="submit" variant="primary" disabled={name.trim() === ""}>
            {strings.make}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
