// What the person can choose about the window, what the library has chosen about lint, and what this Waymark is.

import {
  type Icon,
  IconArchive,
  IconChecks,
  IconInfoCircle,
  IconKeyboard,
  IconPalette,
  IconRobot,
  IconWriting,
} from "@tabler/icons-react";
import { hrefTo, type SettingsSection, settingsSections } from "../../lib/route";
import { Screen } from "../../ui/Screen";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Backups } from "./Backups";
import { Lint } from "./Lint";
import { Models } from "./Models";
import { Shortcuts } from "./Shortcuts";
import styles from "./settings.module.css";
import { strings } from "./strings";
import { Writing } from "./Writing";

const icons: Record<SettingsSection, Icon> = {
  appearance: IconPalette,
  writing: IconWriting,
  lint: IconChecks,
  models: IconRobot,
  backups: IconArchive,
  shortcuts: IconKeyboard,
  about: IconInfoCircle,
};

type SettingsProps = { section: SettingsSection; rule: string };

export function SettingsScreen({ section, rule }: SettingsProps) {
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      <div className={styles.layout}>
        <nav className={styles.sections} aria-label={strings.sectionsLabel}>
          <ul>
            {settingsSections.map((name) => {
              const Mark = icons[name];
              return (
                <li key={name}>
                  <a
                    href={hrefTo({ screen: "settings", section: name })}
                    aria-current={name === section ? "page" : undefined}
                  >
                    <Mark size={17} stroke={1.75} aria-hidden />
                    {strings.sections[name]}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
        <div key={section} className={styles.page}>
          <Section section={section} rule={rule} />
        </div>
      </div>
    </Screen>
  );
}

function Section({ section, rule }: SettingsProps) {
  switch (section) {
    case "appearance":
      return <Appearance />;
    case "writing":
      return <Writing />;
    case "lint":
      return <Lint key={rule} rule={rule} />;
    case "models":
      return <Models />;
    case "backups":
      return <Backups />;
    case "shortcuts":
      return <Shortcuts />;
    case "about":
      return <About />;
  }
}
