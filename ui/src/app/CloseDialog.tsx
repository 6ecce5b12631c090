import { close } from "../ipc";
import { Button } from "../ui/Button";
import { Dialog, DialogActions } from "../ui/Dialog";
import { Words } from "../ui/Words";
import { type Stopped, stoppedClosing } from "./closing";
import { strings } from "./strings";

/** Asks only where closing would cost something. */
export function CloseDialog({ reason }: { reason: Stopped }) {
  const stay = () => stoppedClosing.write(null);
  const isUnsaved = reason.kind === "unsaved";
  const text = isUnsaved ? `${reason.error.message} ${reason.error.hint ?? ""}` : strings.publishingText;
  return (
    <Dialog title={isUnsaved ? strings.unsavedTitle : strings.publishingTitle} onClose={stay}>
      <p>
        <Words>{text}</Words>
      </p>
      <DialogActions>
        <Button variant="quiet" onClick={() => void close()}>
          {isUnsaved ? strings.closeAnyway : strings.closeWhilePublishing}
        </Button>
        <Button variant="primary" onClick={stay}>
          {strings.stay}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
