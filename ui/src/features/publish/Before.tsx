// What was published of a walkthrough here before, and care for what is left of removed steps.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { commands, type PublishRecord, queries } from "../../ipc";
import { navigate } from "../../lib/route";
import { formatWhole } from "../../lib/time";
import { Button } from "../../ui/Button";
import { beforeStrings as strings } from "./aim-strings";
import styles from "./effects.module.css";
import { GhostsDialog } from "./GhostsDialog";

const shown = 8;

export function Before({ walkthrough, connection }: { walkthrough: string; connection: string }) {
  const [isCleaning, setIsCleaning] = useState(false);
  const records = useQuery({
    queryKey: ["history", walkthrough, "publishes", connection],
    queryFn: () => commands.listPublishes({ walkthrough, connection }),
    staleTime: 0,
  }).data;
  const connections = useQuery(queries.connections()).data ?? [];
  const nameOf = (id: string) => connections.find((known) => known.id === id)?.name ?? id;
  return (
    <>
      <h2 className={styles.section}>{strings.title}</h2>
      {records?.length === 0 && <p className={styles.hint}>{strings.nothing}</p>}
      <ul className={styles.sentences}>
        {records?.slice(0, shown).map((record) => (
          <li key={`${record.at} ${record.revision}`} className={styles.sentence}>
            <span>
              {formatWhole(record.at)} · {sourceOf(record, nameOf)}
              <span className={styles.hint}>{strings.by(record.author, record.revision)}</span>
            </span>
          </li>
        ))}
      </ul>
      <Button variant="quiet" onClick={() => navigate({ screen: "assignments", connection })}>
        {strings.assignments}
      </Button>
      <Button variant="quiet" onClick={() => setIsCleaning(true)}>
        {strings.ghosts}
      </Button>
      {isCleaning && (
        <GhostsDialog walkthrough={walkthrough} connection={connection} onClose={() => setIsCleaning(false)} />
      )}
    </>
  );
}

function sourceOf({ version }: PublishRecord, nameOf: (id: string) => string): string {
  switch (version.kind) {
    case "draft":
      return strings.draft;
    case "revision":
      return strings.revision;
    case "connection":
      return strings.promoted(nameOf(version.id));
    case "production":
      return strings.status;
    case "nothing":
      return strings.deleted;
  }
}
