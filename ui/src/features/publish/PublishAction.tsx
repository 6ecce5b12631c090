import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import type { Plan } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Words } from "../../ui/Words";
import styles from "./publish.module.css";
import { strings } from "./strings";
import { buttonLabel, confirmationsOf, isWritten } from "./words";

type PublishActionProps = {
  plan: Plan | undefined;
  isOverwrite: boolean;
  /** What the button says instead of how much changes. */
  label: string | null;
  isDangerous: boolean;
  onPublish: (digest: string, isConfirmed: boolean) => void;
};

/** The one button. A clean plan goes with this click; otherwise it asks what the plan asks, once. */
export function PublishAction({ plan, isOverwrite, label: other, isDangerous, onPublish }: PublishActionProps) {
  const [isAsking, setIsAsking] = useState(false);
  if (!plan) {
    return (
      <Button variant="primary" icon={IconSend} disabled>
        {other ?? strings.publish}
      </Button>
    );
  }
  const questions = confirmationsOf(plan);
  const label = buttonLabel(plan, isOverwrite, other);
  const publish = () => (questions.length > 0 ? setIsAsking(true) : onPublish(plan.digest, false));
  return (
    <>
      <Button
        variant={isOverwrite || isDangerous ? "danger" : "primary"}
        icon={IconSend}
        disabled={!plan.walkthroughs.some(isWritten)}
        onClick={publish}
      >
        {label}
      </Button>
      {isAsking && (
        <Dialog title={other ? strings.confirmOther(other) : strings.confirmTitle} onClose={() => setIsAsking(false)}>
          <ul className={styles.questions}>
            {questions.map(({ about, question }) => (
              <li key={`${about} ${question}`}>
                {about !== null && <strong>{about}: </strong>}
                <Words>{question}</Words>
              </li>
            ))}
          </ul>
          <DialogActions>
            <Button variant="quiet" onClick={() => setIsAsking(false)}>
              {strings.cancel}
            </Button>
            <Button
              variant={isOverwrite || isDangerous ? "danger" : "primary"}
              icon={IconSend}
              onClick={() => {
                setIsAsking(false);
                onPublish(plan.digest, true);
              }}
            >
              {label}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
