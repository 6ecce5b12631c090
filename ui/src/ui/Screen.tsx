import { IconDirections } from "@tabler/icons-react";
import { createContext, type ReactNode, use } from "react";
import { hrefTo } from "../lib/route";
import styles from "./screen.module.css";

/** The side bar, given by the app, shown by the screens that have room for it. */
export const Navigation = createContext<ReactNode>(null);

type ScreenProps = {
  header: ReactNode;
  status?: ReactNode;
  statusEnd?: ReactNode;
  hasNavigation?: boolean;
  /** What the main part is called for screen readers. */
  label: string;
  children: ReactNode;
};

/** Every screen: a header, a body beside the side bar, and a line that says how things stand. */
export function Screen({ header, status, statusEnd, hasNavigation = true, label, children }: ScreenProps) {
  const navigation = use(Navigation);
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <a className={styles.logo} href={hrefTo({ screen: "library" })} aria-label="Waymark">
          <IconDirections size={19} stroke={1.75} aria-hidden />
        </a>
        {header}
      </header>
      <div className={styles.body}>
        {hasNavigation ? navigation : <span />}
        <main className={styles.main} aria-label={label} tabIndex={-1}>
          {children}
        </main>
      </div>
      <footer className={styles.status}>
        <div className={styles.side}>{status}</div>
        <div className={styles.side}>{statusEnd}</div>
      </footer>
    </div>
  );
}
