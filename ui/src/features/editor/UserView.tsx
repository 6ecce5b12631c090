import { usePictures } from "../../ipc";
import { UserText } from "../../ui/UserText";
import { useEditor } from "./editor";
import { strings } from "./strings";

export function UserView({ html }: { html: string }) {
  const pictures = usePictures(useEditor().walkthrough.id);
  return <UserText html={html} label={strings.userText} nothing={strings.nothingForUser} pictures={pictures} />;
}
