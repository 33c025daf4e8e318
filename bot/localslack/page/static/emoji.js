// Names of the emoji that apps use most. An unknown name stays as it was written.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", clap: "👏", pray: "🙏", raised_hands: "🙌", eyes: "👀",
  point_right: "👉", point_down: "👇", point_up: "☝️", muscle: "💪", ok_hand: "👌", hand: "✋",
  smile: "😄", slightly_smiling_face: "🙂", smiley: "😃", wink: "😉", joy: "😂", thinking_face: "🤔", neutral_face: "😐",
  cry: "😢", sob: "😭", scream: "😱", angry: "😠", rage: "😡", confused: "😕", heart_eyes: "😍", sunglasses: "😎",
  heart: "❤️", fire: "🔥", tada: "🎉", sparkles: "✨", star: "⭐", rocket: "🚀", bulb: "💡", bell: "🔔", zzz: "💤",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔", warning: "⚠️",
  question: "❓", exclamation: "❗", information_source: "ℹ️", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️",
  alarm_clock: "⏰", clock3: "🕒", calendar: "📆", date: "📅", lock: "🔒", unlock: "🔓", key: "🔑", mag: "🔍",
  bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", clipboard: "📋", pushpin: "📌",
  memo: "📝", pencil2: "✏️", paperclip: "📎", link: "🔗", books: "📚", label: "🏷️", inbox_tray: "📥", outbox_tray: "📤",
  speech_balloon: "💬", mega: "📣", robot_face: "🤖", dart: "🎯", test_tube: "🧪", gear: "⚙️", wrench: "🔧", recycle: "♻️",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", leftwards_arrow_with_hook: "↩️",
  black_square_button: "🔲", pause_button: "⏸️", double_vertical_bar: "⏸️", arrow_forward: "▶️", fast_forward: "⏩",
  red_circle: "🔴", large_green_circle: "🟢", large_yellow_circle: "🟡", large_blue_circle: "🔵", white_circle: "⚪",
  black_circle: "⚫", trophy: "🏆", scales: "⚖️", balance_scale: "⚖️", seedling: "🌱", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", one: "1️⃣", two: "2️⃣", three: "3️⃣",
};

export const emoji = (name) => (Object.hasOwn(EMOJI, name) ? EMOJI[name] : null);

/** Replaces known :names: in plain text. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);

/** Known names that begin so, at most eight: [name, emoji]. */
export const emojiNames = (start) => Object.entries(EMOJI).filter(([name]) => name.startsWith(start)).slice(0, 8);
