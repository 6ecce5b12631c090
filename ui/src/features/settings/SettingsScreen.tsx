// What the person can choose about the window, the backups, and what this Waymark is: each section under its own address.

import { type Icon, IconArchive, IconInfoCircle, IconKeyboard, IconPalette } from "@tabler/icons-react";
import { hrefTo, type SettingsSection, settingsSections } from "../../lib/route";
import { Screen } from "../../ui/Screen";
import { About } from "./About";
import { Appearance } from "./Appearance";
import { Backups } from "./Backups";
import { Shortcuts } from "./Shortcuts";
import styles from "./settings.module.css";
import { strings } from "./strings";

const icons: Record<SettingsSection, Icon> = {
  appearance: IconPalette,
  backups: IconArchive,
  shortcuts: IconKeyboard,
  about: IconInfoCircle,
};

export function SettingsScreen({ section }: { section: SettingsSection }) {
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      <div className={styles.layout}>
        <nav className={styles.sections} aria-label={strings.sectionsLabel}>
          <ul>
            {settingsSections.map((name) => {
              const Mark = icons[name];
              return (
                <li key={name}>
                  <a href={hrefTo({ screen: "settings", section: name })} aria-current={name === section && "page"}>
                    <Mark size={17} stroke={1.75} aria-hidden />
                    {strings.sections[name]}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
        <div key={section} className={styles.page}>
          <Section section={section} />
        </div>
      </div>
    </Screen>
  );
}

function Section({ section }: { section: SettingsSection }) {
  switch (section) {
    case "appearance":
      return <Appearance />;
    case "backups":
      return <Backups />;
    case "shortcuts":
      return <Shortcuts />;
    case "about":
      return <About />;
  }
}
