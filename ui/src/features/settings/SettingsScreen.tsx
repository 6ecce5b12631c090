// What the person can choose about the window, and what this Waymark is.

import { IconFolderOpen } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands, queries } from "../../ipc";
import { Button } from "../../ui/Button";
import { Screen } from "../../ui/Screen";
import { tellError } from "../../ui/tell";
import { Appearance } from "./Appearance";
import { Backups } from "./Backups";
import { strings as backupStrings } from "./backup-strings";
import { Shortcuts } from "./Shortcuts";
import styles from "./settings.module.css";
import { strings } from "./strings";

export function SettingsScreen() {
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      <div className={styles.page}>
        <Appearance />
        <section className={styles.section}>
          <h2>{backupStrings.title}</h2>
          <Backups />
        </section>
        <Shortcuts />
        <About />
      </div>
    </Screen>
  );
}

function About() {
  const about = useQuery(queries.about()).data;
  return (
    <section className={styles.section} aria-labelledby="about">
      <h2 id="about">{strings.about}</h2>
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
    </section>
  );
}
