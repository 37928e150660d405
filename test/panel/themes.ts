/** The editor's default values of the colours the panel uses, so that tests see what users see. */
type Theme = Readonly<Record<string, string>>;

const dark: Theme = {
  foreground: '#CCCCCC', descriptionForeground: '#9D9D9D', 'editor-background': '#1F1F1F', 'panel-border': '#2B2B2B', focusBorder: '#0078D4',
  'textLink-foreground': '#4DAAFC', 'charts-red': '#F14C4C', 'charts-blue': '#59A4F9', 'charts-yellow': '#CCA700', 'charts-green': '#89D185',
  'list-hoverBackground': '#2A2D2E', 'list-activeSelectionBackground': '#04395E', 'list-activeSelectionForeground': '#FFFFFF', 'list-inactiveSelectionBackground': '#37373D',
  'badge-background': '#616161', 'badge-foreground': '#F8F8F8', 'button-background': '#0078D4', 'button-foreground': '#FFFFFF', 'button-secondaryForeground': '#CCCCCC',
  'input-background': '#313131', 'input-border': '#3C3C3C', 'input-foreground': '#CCCCCC', 'input-placeholderForeground': '#989898',
  'inputOption-activeBackground': '#2489DB82', 'inputOption-activeBorder': '#2488DB', 'inputOption-activeForeground': '#FFFFFF',
  'panelTitle-activeBorder': '#0078D4', 'panelTitle-activeForeground': '#CCCCCC', 'panelTitle-inactiveForeground': '#9D9D9D', 'progressBar-background': '#0078D4',
  'toolbar-hoverBackground': '#5A5D5E50', 'textBlockQuote-border': '#616161', 'diffEditor-insertedTextBackground': '#9CCC2C33', 'diffEditor-removedTextBackground': '#FF000033',
  'editor-findRangeHighlightBackground': '#3A3D4166', 'keybindingLabel-background': '#8080802B', 'keybindingLabel-foreground': '#CCCCCC', 'keybindingLabel-border': '#33333399',
  'dropdown-background': '#313131', 'dropdown-border': '#3C3C3C', 'tree-tableColumnsBorder': '#CCCCCC20',
};
const light: Theme = {
  ...dark,
  foreground: '#3B3B3B', descriptionForeground: '#3B3B3B', 'editor-background': '#FFFFFF', 'panel-border': '#E5E5E5', focusBorder: '#005FB8',
  'textLink-foreground': '#005FB8', 'charts-red': '#E51400', 'charts-blue': '#0063D3', 'charts-yellow': '#BF8803', 'charts-green': '#388A34',
  'list-hoverBackground': '#F2F2F2', 'list-activeSelectionBackground': '#E8E8E8', 'list-activeSelectionForeground': '#000000', 'list-inactiveSelectionBackground': '#E4E6F1',
  'badge-background': '#CCCCCC', 'badge-foreground': '#3B3B3B', 'button-background': '#005FB8', 'button-secondaryForeground': '#3B3B3B',
  'input-background': '#FFFFFF', 'input-border': '#CECECE', 'input-foreground': '#3B3B3B', 'input-placeholderForeground': '#767676',
  'inputOption-activeBackground': '#BED6ED', 'inputOption-activeBorder': '#005FB8', 'inputOption-activeForeground': '#000000',
  'panelTitle-activeBorder': '#005FB8', 'panelTitle-activeForeground': '#3B3B3B', 'panelTitle-inactiveForeground': '#3B3B3B', 'progressBar-background': '#005FB8',
  'editor-findRangeHighlightBackground': '#B4B4B44D', 'keybindingLabel-foreground': '#3B3B3B', 'dropdown-background': '#FFFFFF', 'dropdown-border': '#CECECE', 'tree-tableColumnsBorder': '#61616120',
};
const hc: Theme = {
  ...dark,
  foreground: '#FFFFFF', descriptionForeground: '#FFFFFFB3', 'editor-background': '#000000', contrastBorder: '#6FC3DF', contrastActiveBorder: '#F38518', 'panel-border': '#6FC3DF',
  focusBorder: '#F38518', 'textLink-foreground': '#21A6FF', 'list-activeSelectionBackground': '', 'list-inactiveSelectionBackground': '', 'badge-background': '#000000',
  'button-background': '', 'input-background': '#000000', 'input-border': '#6FC3DF', 'inputOption-activeBackground': '', 'diffEditor-insertedTextBackground': '', 'diffEditor-removedTextBackground': '',
  'diffEditor-insertedTextBorder': '#33FF2E', 'diffEditor-removedTextBorder': '#FF008F', 'tree-tableColumnsBorder': '',
};

const hcLight: Theme = {
  ...light,
  foreground: '#292929', descriptionForeground: '#292929', contrastBorder: '#0F4A85', contrastActiveBorder: '#006BBD', 'panel-border': '#0F4A85', focusBorder: '#006BBD',
  'textLink-foreground': '#0F4A85', 'charts-red': '#B5200D', 'charts-blue': '#1A85FF', 'charts-yellow': '#895503', 'charts-green': '#374E06', 'list-hoverBackground': '#0F4A851A',
  'list-activeSelectionBackground': '#0F4A851A', 'list-activeSelectionForeground': '', 'list-inactiveSelectionBackground': '', 'badge-background': '#0F4A85', 'badge-foreground': '#FFFFFF',
  'button-background': '#0F4A85', 'button-secondaryBackground': '#FFFFFF', 'button-secondaryForeground': '#292929', 'input-border': '#0F4A85', 'input-foreground': '#292929', 'input-placeholderForeground': '#292929B3',
  'inputOption-activeBackground': '', 'inputOption-activeForeground': '#292929', 'panelTitle-activeForeground': '#292929', 'panelTitle-inactiveForeground': '#292929', 'progressBar-background': '#0F4A85',
  'diffEditor-insertedTextBackground': '', 'diffEditor-removedTextBackground': '', 'diffEditor-insertedTextBorder': '#374E06', 'diffEditor-removedTextBorder': '#AD0707', 'editor-findRangeHighlightBackground': '', 'tree-tableColumnsBorder': '', 'keybindingLabel-foreground': '#292929',
};

export const THEMES = {
  dark: { bodyClass: 'vscode-dark', colors: dark },
  light: { bodyClass: 'vscode-light', colors: light },
  hcLight: { bodyClass: 'vscode-high-contrast-light', colors: hcLight },
  hc: { bodyClass: 'vscode-high-contrast', colors: hc },
} as const;
export type ThemeName = keyof typeof THEMES;

/** The sheet the editor puts before ours. */
export function themeCss(name: ThemeName): string {
  const values = Object.entries(THEMES[name].colors).filter(([, value]) => value !== '');
  return `body{--vscode-font-family:"Liberation Sans",system-ui,sans-serif;--vscode-editor-font-family:monospace;${values.map(([key, value]) => `--vscode-${key}:${value}`).join(';')}}`;
}
