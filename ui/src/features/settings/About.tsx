import { IconFolderOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands, queries } from "../../ipc";
import { Button } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import { Section } from "./Section";
import styles from "./settings.module.css";
import { strings } from "./strings";

/** Which Waymark this is, and where it keeps things. */
export function About() {
  const about = useQuery(queries.about()).data;
  return (
    <Section title={strings.about}>
      <dl className={styles.facts}>
        <dt>{strings.version}</dt>
        <dd>{about?.version ?? "\u00a0"}</dd>
        <dt>{strings.library}</dt>
        <dd>{about?.library}</dd>
        <dt>{strings.logs}</dt>
        <dd>{about?.logs}</dd>
      </dl>
      <Button
        icon={IconFolderOpen}
        onClick={() => void commands.openLogFolder().catch((error: unknown) => tellError(asWaymarkError(error)))}
      >
        {strings.openLogs}
      </Button>
    </Section>
  );
}
