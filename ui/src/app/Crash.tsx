// The last net: a bug in the window shows itself instead of an empty page.

import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { strings } from "./strings";

export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <main>
        <div role="alert">
          <Notice title={strings.crashed} text={`${strings.crashedText} (${this.state.error.message})`}>
            <Button variant="primary" onClick={() => location.reload()}>
              {strings.reload}
            </Button>
          </Notice>
        </div>
      </main>
    );
  }
}
