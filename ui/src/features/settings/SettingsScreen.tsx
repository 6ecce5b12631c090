// What the person can choose about the window, and what this Waymark is.

import { IconFolderOpen, IconMinus, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, commands, queries } from "../../ipc";
import { useStored } from "../../lib/stored";
import { theme, themes, zoom, zoomBy } from "../../lib/theme";
import { Button, IconButton } from "../../ui/Button";
import { Screen } from "../../ui/Screen";
import { tellError } from "../../ui/tell";
import styles from "./settings.module.css";
import { strings } from "./strings";

export function SettingsScreen() {
  const about = useQuery(queries.about()).data;
  const [chosen, choose] = useStored(theme);
  const [size] = useStored(zoom);
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      <div className={styles.page}>
        <h2 className={styles.section}>{strings.appearance}</h2>
        <div className={styles.row} role="radiogroup" aria-labelledby="theme">
          <span id="theme">{strings.theme}</span>
          <div className={styles.choices}>
            {themes.map((name) => (
              <label key={name} className={styles.choice}>
                <input type="radio" name="theme" checked={chosen === name} onChange={() => choose(name)} />
                {strings.themes[name]}
              </label>
            ))}
          </div>
        </div>
        <div className={styles.row}>
          <span>{strings.size}</span>
          <div className={styles.choices}>
            <IconButton label={strings.smaller} icon={IconMinus} shortcut="Mod+-" onClick={() => zoomBy(-1)} />
            <output className={styles.size}>{Math.round(size * 100)} %</output>
            <IconButton label={strings.larger} icon={IconPlus} shortcut="Mod+Plus" onClick={() => zoomBy(1)} />
          </div>
        </div>
        <h2 className={styles.section}>{strings.about}</h2>
        <dl className={styles.facts}>
          <dt>{strings.version}</dt>
          <dd>{about?.version}</dd>
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
      </div>
    </Screen>
  );
}
