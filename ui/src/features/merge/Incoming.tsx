// What comes in without a question, and what the one button does.

import type { Comparison } from "../../ipc";
import styles from "./merge.module.css";
import { strings } from "./strings";
import { incomingOf, stepWords } from "./words";

/** Rows that are shown: of more only the number is said. */
const shownMost = 200;

export function Incoming({ incoming, answered }: { incoming: Comparison; answered: string }) {
  const count = incomingOf(incoming);
  const { details, steps, assignments } = incoming;
  const rows = [
    ...details.map(({ name }) => ({ key: name, title: strings.details[name] ?? name, about: "" })),
    ...steps.map((step) => ({
      key: step.id,
      title: strings.step(step.number ?? step.number_before, step.title),
      about: stepWords(step),
    })),
    ...assignments.map(({ server }) => ({ key: `server ${server}`, title: strings.server(server), about: "" })),
  ];
  return (
    <aside className={styles.incoming} data-pane aria-label={strings.whatComes}>
      <h2 className={styles.section}>{strings.whatComes}</h2>
      <p className={styles.muted}>{count === 0 ? strings.nothingComes : strings.whatComesText}</p>
      <ul className={styles.rows}>
        {rows.slice(0, shownMost).map(({ key, title, about }) => (
          <li key={key} className={styles.row}>
            <span>{title}</span>
            {about && <span className={styles.muted}>{about}</span>}
          </li>
        ))}
      </ul>
      <h2 className={styles.section}>{strings.whatHappens}</h2>
      {answered !== "" && <p>{strings.draftTakes(answered)}</p>}
      {count > 0 && <p>{strings.draftGets(count)}</p>}
      <p className={styles.muted}>{strings.kept}</p>
      <p className={styles.muted}>{strings.notWritten}</p>
    </aside>
  );
}
