import {
  type Icon,
  IconBooks,
  IconDatabase,
  IconPackageExport,
  IconReplace,
  IconRobot,
  IconSettings,
  IconTable,
  IconTemplate,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../ipc";
import { hrefTo, type Route, useRoute } from "../lib/route";
import { type Stored, stored, useStored } from "../lib/stored";
import { KindIcon } from "../ui/KindIcon";
import { useRecent } from "./recent";
import styles from "./side-bar.module.css";
import { strings } from "./strings";

export const sideBarShown: Stored<boolean> = stored(
  "side-bar",
  true,
  (value): value is boolean => typeof value === "boolean",
);

type Place = { route: Route; label: string; icon: Icon };

const work: Place[] = [
  { route: { screen: "library" }, label: strings.walkthroughs, icon: IconBooks },
  { route: { screen: "replace" }, label: strings.replace, icon: IconReplace },
  { route: { screen: "snippets" }, label: strings.snippets, icon: IconTemplate },
];
const house: Place[] = [
  { route: { screen: "assignments", connection: null }, label: strings.assignments, icon: IconTable },
  { route: { screen: "releases" }, label: strings.releases, icon: IconPackageExport },
  { route: { screen: "connections" }, label: strings.connections, icon: IconDatabase },
  { route: { screen: "agents" }, label: strings.agents, icon: IconRobot },
  { route: { screen: "trash" }, label: strings.trash, icon: IconTrash },
  { route: { screen: "settings" }, label: strings.settings, icon: IconSettings },
];

export function SideBar() {
  const [isShown] = useStored(sideBarShown);
  if (!isShown) return <span />;
  return (
    <nav className={styles.bar} aria-label={strings.sideBar}>
      <Places places={work} />
      <Recent />
      <Places places={house} />
    </nav>
  );
}

function Places({ places }: { places: Place[] }) {
  const { screen } = useRoute();
  return (
    <ul className={styles.places}>
      {places.map(({ route, label, icon: Mark }) => (
        <li key={route.screen}>
          <a className={styles.place} href={hrefTo(route)} aria-current={route.screen === screen ? "page" : undefined}>
            <Mark size={17} stroke={1.75} aria-hidden />
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The walkthroughs that were opened last and are still there. */
function Recent() {
  const ids = useRecent();
  const route = useRoute();
  const drafts = useQuery(queries.drafts()).data ?? [];
  const shown = ids.flatMap((id) => drafts.find((draft) => draft.id === id) ?? []).slice(0, 8);
  if (shown.length === 0) return <span className={styles.spring} />;
  return (
    <div className={styles.recent}>
      <h2 className={styles.heading} id="recent">
        {strings.recent}
      </h2>
      <ul className={styles.places} aria-labelledby="recent">
        {shown.map(({ id, title, type }) => (
          <li key={id}>
            <a
              className={styles.place}
              href={hrefTo({ screen: "editor", id, step: null })}
              aria-current={route.screen === "editor" && route.id === id ? "page" : undefined}
              title={title}
            >
              <KindIcon kind={type} size={16} />
              <span className={styles.title}>{title}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
