// Where a conversation ends: begin again, or write what is missing.

import { IconPencil, IconRefresh } from "@tabler/icons-react";
import type { WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import styles from "./chat.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

export function EndOfChat({ id, conversing: { turn, restart } }: { id: WalkthroughId; conversing: Conversing }) {
  const isEmpty = turn !== null && turn.state.progress.total_steps === 0;
  return (
    <div className={styles.end}>
      <span>{isEmpty ? strings.noSteps : strings.endTitle}</span>
      {isEmpty ? (
        <Button variant="primary" icon={IconPencil} onClick={() => navigate({ screen: "editor", id, step: null })}>
          {strings.writeStep}
        </Button>
      ) : (
        <Button icon={IconRefresh} onClick={restart}>
          {strings.again}
        </Button>
      )}
    </div>
  );
}
