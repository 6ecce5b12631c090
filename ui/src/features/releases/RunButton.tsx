import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import type { ReleasePlan } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Words } from "../../ui/Words";
import styles from "./releases.module.css";
import { strings } from "./strings";

type RunButtonProps = {
  plan: ReleasePlan | undefined;
  isBegun: boolean;
  takesCurrent: boolean;
  onRun: (digest: string | null, isConfirmed: boolean) => void;
};

/** The one button. It asks what the plan asks, once. Drafts that are taken as they are now are in no plan that was seen. */
export function RunButton({ plan, isBegun, takesCurrent, onRun }: RunButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const label = isBegun ? strings.resume : strings.run;
  const takes = takesCurrent && (plan?.changed.length ?? 0) > 0;
  const digest = takes ? null : (plan?.plan?.digest ?? null);
  const questions = [
    ...(takes && plan ? [strings.changed(plan.changed.length)] : []),
    ...new Set(
      (plan?.plan?.walkthroughs ?? []).flatMap(({ title, confirmations }) =>
        confirmations.map((question) => `${title}: ${question}`),
      ),
    ),
  ];
  const isNothing = !plan || (plan.plan === null && !takes);
  return (
    <>
      <Button
        variant="primary"
        icon={IconSend}
        disabled={isNothing}
        onClick={() => (questions.length > 0 ? setIsAsking(true) : onRun(digest, false))}
      >
        {label}
      </Button>
      {isAsking && (
        <Dialog title={strings.confirmTitle} onClose={() => setIsAsking(false)}>
          <ul className={styles.questions}>
            {questions.map((question) => (
              <li key={question}>
                <Words>{question}</Words>
              </li>
            ))}
          </ul>
          <DialogActions>
            <Button variant="quiet" onClick={() => setIsAsking(false)}>
              {strings.cancel}
            </Button>
            <Button
              variant="primary"
              icon={IconSend}
              onClick={() => {
                setIsAsking(false);
                onRun(digest, true);
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
