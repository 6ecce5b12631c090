// One call: who, what, and what came of it in a line; the text that it was answered by on demand.

import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { agentQueries, asWaymarkError, type LoggedCall } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { hrefTo } from "../../lib/route";
import { formatClock, formatWhole } from "../../lib/time";
import { Pill } from "../../ui/Pill";
import { Words } from "../../ui/Words";
import styles from "./agents.module.css";
import { strings } from "./strings";

export function CallRow({ call }: { call: LoggedCall }) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const who = call.learner ?? strings.somebody(call.visit.slice(-6));
  const about = call.step_title ?? call.step ?? call.walkthrough_title ?? call.walkthrough;
  return (
    <li className={styles.call}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        <IconChevronRight className={styles.fold} size={14} stroke={1.75} aria-hidden />
        <time className={styles.time} title={formatWhole(call.at)}>
          {formatClock(call.at)}
        </time>
        <span className={styles.said}>
          <span className={styles.tool}>{call.tool}</span>
          <span className={styles.arguments}>{shortly(call.arguments)}</span>
        </span>
        <Pill tone={call.is_error ? "danger" : "neutral"}>{call.action.replaceAll("_", " ")}</Pill>
        <span className={classNames(styles.step, styles.below)}>
          {[about, [who, call.server && strings.atServer(call.server)].filter(Boolean).join(" ")]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </button>
      {isOpen && (
        <div id={id} className={styles.open}>
          <Answer call={call} />
          {call.walkthrough && call.walkthrough_title && (
            <a
              className={styles.link}
              href={hrefTo({ screen: "editor", id: call.walkthrough, step: call.step_title ? call.step : null })}
            >
              {strings.opened}
            </a>
          )}
        </div>
      )}
    </li>
  );
}

function Answer({ call }: { call: LoggedCall }) {
  const answer = useQuery(agentQueries.answer(call.seq));
  if (answer.isPending) return <p className={styles.text}>{strings.reading}</p>;
  if (answer.isError) {
    const { message, hint } = asWaymarkError(answer.error);
    return (
      <p className={styles.text}>
        <Words>{[message, hint].filter(Boolean).join(" ")}</Words>
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long answer is scrolled by keyboard.
    <pre className={styles.answer} tabIndex={0} role="group" aria-label={strings.answer}>
      {answer.data}
    </pre>
  );
}

/** `{"name":"wt_1"}` as `name: "wt_1"`. */
function shortly(text: string): string {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null) return text;
    const parts = Object.entries(read).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return parts.length === 0 ? strings.noArguments : parts.join(", ");
  } catch {
    return text;
  }
}
