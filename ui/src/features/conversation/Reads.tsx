// What the learner reads after a call; where that is nothing of theirs, what the agent is told.

import { useState } from "react";
import { type Turn, type TurnDetail, usePictures, type WalkthroughId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Button } from "../../ui/Button";
import { UserText } from "../../ui/UserText";
import { strings } from "./strings";
import styles from "./turn.module.css";

/** Longer texts are shown when they are asked for. */
const largest = 200_000;

type ReadsProps = { id: WalkthroughId; turn: Turn; detail: TurnDetail | null };

export function Reads({ id, turn: { number, step, is_error }, detail }: ReadsProps) {
  const pictures = usePictures(id);
  const [isWhole, setIsWhole] = useState(false);
  if (!detail) return <div className={styles.coming} aria-hidden />;
  const html = detail.user_html;
  const text = html ?? detail.segments.map((segment) => segment.text).join("");
  if (text.length > largest && !isWhole) {
    return (
      <div className={styles.said}>
        <p className={styles.quiet}>{strings.large(text.length)}</p>
        <Button variant="quiet" onClick={() => setIsWhole(true)}>
          {strings.showLarge}
        </Button>
      </div>
    );
  }
  if (step) {
    return (
      <div className={styles.said}>
        <UserText
          isPlain
          html={html ?? ""}
          label={strings.userText(number)}
          nothing={strings.nothingForUser}
          pictures={pictures}
        />
      </div>
    );
  }
  return (
    <div className={classNames(styles.told, is_error && styles.refused)}>
      <p className={styles.text}>{text}</p>
    </div>
  );
}
