// Snippets that have what is searched for, beside the walkthroughs.

import type { FoundSnippet } from "../../ipc";
import { hrefTo } from "../../lib/route";
import { Marked } from "../../ui/Marked";
import styles from "./matches.module.css";
import { strings } from "./strings";

/** So many are shown; the screen of snippets has all. */
const most = 5;

export function FoundSnippets({ snippets }: { snippets: readonly FoundSnippet[] }) {
  if (snippets.length === 0) return null;
  return (
    <ul className={styles.matches} aria-label={strings.snippetsFound}>
      {snippets.slice(0, most).map(({ name, snippet }, index) => (
        <li key={name}>
          <a className={styles.match} href={hrefTo({ screen: "snippets", name })}>
            <span className={styles.number} />
            <span className={styles.part}>{strings.snippet}</span>
            <span className={styles.step}>/{name}</span>
            <span className={styles.text}>
              <Marked text={snippet.text} marks={snippet.marks} />
            </span>
            {index === most - 1 && snippets.length > most && (
              <span className={styles.more}>{strings.moreMatches(snippets.length - most)}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
