// The moments of a walkthrough, newest first. One stop for Tab; the arrows choose.

import {
  type Icon,
  IconArrowBackUp,
  IconBookmark,
  IconClock,
  IconCloudDownload,
  IconFileImport,
  IconFlag,
  IconGitMerge,
  IconReplace,
  IconSend,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { queries, type RevisionSummary } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { formatClock } from "../../lib/time";
import { asksForMenu } from "../../ui/Menu";
import styles from "./history.module.css";
import type { AskedMoment } from "./MomentMenu";
import { aboutMoment, byDay, titleOf } from "./moments";
import { strings } from "./strings";

const icons: Record<RevisionSummary["reason"], Icon> = {
  published: IconSend,
  pulled: IconCloudDownload,
  overwritten: IconCloudDownload,
  snapshot: IconBookmark,
  first: IconFlag,
  pause: IconClock,
  working: IconClock,
  before_pull: IconCloudDownload,
  before_merge: IconGitMerge,
  before_import: IconFileImport,
  before_replace: IconReplace,
  before_restore: IconArrowBackUp,
};

type MomentListProps = {
  label: string;
  moments: readonly RevisionSummary[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onAsk: (asked: AskedMoment) => void;
};

export function MomentList({ label, moments, chosen, onChoose, onAsk }: MomentListProps) {
  const connections = useQuery(queries.connections()).data ?? [];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) list.current?.querySelector(`#${CSS.escape(`moment-${chosen}`)}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const press = (event: KeyboardEvent) => {
    const at = moments.findIndex(({ id }) => id === chosen);
    const moment = moments[at];
    if (moment && asksForMenu(event)) {
      event.preventDefault();
      const box = document.getElementById(`moment-${moment.id}`)?.getBoundingClientRect();
      if (box) onAsk({ moment, at: { x: box.left + 24, y: box.bottom - 8 } });
      return;
    }
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: moments.length - 1 };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = moments[Math.min(Math.max(target, 0), moments.length - 1)];
    if (next) onChoose(next.id);
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={label}
      aria-activedescendant={chosen ? `moment-${chosen}` : undefined}
      tabIndex={0}
      className={styles.moments}
      data-moments
      onKeyDown={press}
    >
      {byDay(moments, Date.now()).map((day) => (
        <div key={day.name} role="group" aria-label={day.name}>
          <div className={styles.day} aria-hidden>
            {day.name}
          </div>
          {day.moments.map((moment) => (
            <Moment
              key={moment.id}
              moment={moment}
              connection={connections.find(({ id }) => id === moment.connection)?.name ?? moment.connection}
              isChosen={moment.id === chosen}
              onChoose={onChoose}
              onAsk={onAsk}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type MomentProps = {
  moment: RevisionSummary;
  connection: string | null;
  isChosen: boolean;
  onChoose: (id: string) => void;
  onAsk: (asked: AskedMoment) => void;
};

function Moment({ moment, connection, isChosen, onChoose, onAsk }: MomentProps) {
  const Mark = icons[moment.reason];
  const title = titleOf(moment);
  return (
    <div
      id={`moment-${moment.id}`}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      className={classNames(styles.moment, isChosen && styles.chosen)}
      onClick={() => onChoose(moment.id)}
      onContextMenu={(event) => {
        event.preventDefault();
        onAsk({ moment, at: { x: event.clientX, y: event.clientY } });
      }}
      onKeyDown={undefined}
    >
      <Mark size={16} stroke={1.75} aria-hidden />
      <span className={styles.words}>
        <span className={classNames(styles.name, moment.name !== null && styles.named)} title={title}>
          {title}
        </span>
        <span className={styles.about}>{aboutMoment(moment, connection)}</span>
      </span>
      <time className={styles.time} dateTime={new Date(moment.at).toISOString()} title={strings.at(moment.at)}>
        {formatClock(moment.at).slice(0, 5)}
      </time>
    </div>
  );
}
