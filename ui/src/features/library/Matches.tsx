// Under a walkthrough: where in it was found what is searched for.

import type { FoundWalkthrough, Match, SearchPlace } from "../../ipc";
import { hrefTo } from "../../lib/route";
import { formatWhen } from "../../lib/time";
import { FieldMark } from "../../ui/FieldMark";
import { Marked } from "../../ui/Marked";
import styles from "./matches.module.css";
import { fieldOf, partWords, placeOf } from "./places";
import { strings } from "./strings";

export const matchHeight = 26;

/** A match in the walkthrough's own title is shown in its title. */
export const shownMatches = (found: FoundWalkthrough | undefined): Match[] =>
  found?.matches.filter(({ step, part }) => step !== null || part !== "title") ?? [];

export function heightOfMatches(found: FoundWalkthrough | undefined): number {
  const shown = shownMatches(found).length;
  return shown === 0 ? 0 : shown * matchHeight + 10;
}

export function Matches({ found, place }: { found: FoundWalkthrough; place: SearchPlace }) {
  const more = found.matches_total - found.matches.length;
  const shown = shownMatches(found);
  return (
    <ul className={styles.matches} aria-label={strings.matchesIn(found.title)}>
      {shown.map((match, index) => (
        <li key={`${match.step?.id} ${match.part}`}>
          <a className={styles.match} href={hrefTo(placeOf(found.id, match, place))}>
            <MatchLine match={match} />
            {more > 0 && index === shown.length - 1 && <span className={styles.more}>{strings.moreMatches(more)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}

function MatchLine({ match: { step, part, snippet, revision } }: { match: Match }) {
  const field = fieldOf(part);
  const isTitle = step !== null && part === "title";
  const text = snippet.text === "" ? <em>{strings.noText}</em> : <Marked text={snippet.text} marks={snippet.marks} />;
  return (
    <>
      <span className={styles.number}>{step?.number ?? ""}</span>
      {isTitle ? (
        <span className={styles.step}>{text}</span>
      ) : (
        <>
          {step && <span className={styles.step}>{step.title}</span>}
          {field && <FieldMark field={field} isFilled={snippet.text !== ""} />}
          <span className={field ? "visually-hidden" : styles.part}>{partWords(part)}</span>
          <span className={styles.text}>{text}</span>
        </>
      )}
      {revision && (
        <span className={styles.revision}>{strings.asOf(revision.number, formatWhen(revision.at, Date.now()))}</span>
      )}
    </>
  );
}
