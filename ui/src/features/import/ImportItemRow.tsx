import { IconAlertCircle } from "@tabler/icons-react";
import type { Clash, FoundReview, ImportItem } from "../../ipc";
import { kindWords } from "../../lib/kinds";
import { KindIcon } from "../../ui/KindIcon";
import { Pill } from "../../ui/Pill";
import { Words } from "../../ui/Words";
import styles from "./import.module.css";
import { strings } from "./strings";

/** The place of what is said about a file as a whole. */
const whole = "$";

/** So many notes are read at once; more would push the other files away. */
const fewNotes = 3;

/** One file: what is in it, or why it cannot be read and how to mend that. */
export function ImportItemRow({ item: { file, found, error } }: { item: ImportItem }) {
  const name = file === "" ? strings.pasted : (file.split(/[\\/]/).at(-1) ?? file);
  if (!found) {
    return (
      <li className={styles.item}>
        <IconAlertCircle size={18} stroke={1.75} color="var(--danger)" aria-hidden />
        <div className={styles.words}>
          <h2 className={styles.name}>{name}</h2>
          <p className={styles.problem} role="alert">
            <Words>{[error?.message, error?.hint].filter(Boolean).join(" ")}</Words>
          </p>
        </div>
        <Pill tone="danger">{strings.cannot}</Pill>
      </li>
    );
  }
  const { title, type, steps, warnings, attachments, review, clash } = found;
  return (
    <li className={styles.item}>
      <KindIcon kind={type} size={18} />
      <div className={styles.words}>
        <h2 className={styles.name}>{title}</h2>
        <p className={styles.about} title={file}>
          {kindWords[type].label} · {strings.steps(steps)}
          {attachments > 0 && ` · ${strings.beside(attachments)}`} · {name}
        </p>
        {review && <p className={styles.about}>{reviewWords(review)}</p>}
        {clash && <p className={styles.clash}>{clashWords(clash)}</p>}
        {warnings.length > 0 && (
          <details className={styles.notes} open={warnings.length <= fewNotes}>
            <summary>{strings.notes(warnings.length)}</summary>
            <ul>
              {warnings.map(({ path, message }) => (
                <li key={path + message}>
                  <Words>{message}</Words> {path !== whole && <code>{path}</code>}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <Pill tone={clash ? "warning" : "accent"}>
        {clash ? (clash.is_trashed ? strings.inTrash : strings.isThere) : strings.isNew}
      </Pill>
    </li>
  );
}

function reviewWords({ news, decision, conversations }: FoundReview): string {
  const parts = [strings.news(news.comments, news.decisions)];
  if (decision) parts.push(strings.decision[decision.state](decision.author));
  if (conversations > 0) parts.push(strings.conversations(conversations));
  return parts.join(" · ");
}

const clashWords = ({ title, is_same_id, changes }: Clash) =>
  is_same_id ? strings.clashSameId(title, changes) : strings.clashTitle(title);
