// The first comment of a thread, on what was chosen: a selection, a field, a step, a turn, or all of it.

import { type CommentedOn, commands, commentedOn, useOpenPart } from "../../ipc";
import { fieldWords } from "../../lib/fields";
import { FieldMark } from "../../ui/FieldMark";
import { Composer } from "./Composer";
import styles from "./review.module.css";
import { strings } from "./strings";
import type { ReviewPart } from "./use-review";

export function NewThread({ part, on }: { part: ReviewPart; on: CommentedOn }) {
  const { walkthrough } = useOpenPart();
  const { step, field, selection, turn } = on;
  const index = walkthrough.steps.findIndex(({ id }) => id === step);
  const title = walkthrough.steps[index]?.title;
  const send = (text: string) =>
    new Promise<boolean>((done) => {
      part.named(
        () => {
          const isSent = part.change(() =>
            commands.addComment({ walkthrough: part.id, step, field, selection, text, turn }),
          );
          void isSent.then((sent) => {
            if (sent) commentedOn.write(null);
            done(sent);
          });
        },
        () => done(false),
      );
    });
  return (
    <section className={styles.thread} aria-label={strings.newComment}>
      <p className={styles.field}>
        {field && <FieldMark field={field} />}
        {title === undefined ? strings.whole : strings.step(index + 1, title)}
        {field && ` · ${fieldWords[field].label}`}
      </p>
      {selection?.quote && <q className={styles.quote}>{selection.quote}</q>}
      {turn && <p className={styles.turn}>{strings.turn(turn.number, turn.words)}</p>}
      <Composer
        of={`new ${part.id}`}
        label={strings.newComment}
        placeholder={strings.placeholder}
        send={strings.send}
        isFocused
        onSend={send}
        onCancel={() => commentedOn.write(null)}
      />
    </section>
  );
}
