import { render } from 'preact';
import { Api } from '../api';
import { dashboardKey, Keys, takeFromAddress } from '../key';
import { KeyDialog } from '../KeyDialog';
import { applyTheme } from '../theme';
import { Dashboard } from './Dashboard';

applyTheme();
const keys = new Keys(dashboardKey, sessionStorage);
takeFromAddress(keys);
const app = document.getElementById('app') as HTMLElement;
app.replaceChildren(); // what was told while this script was loaded

render(
  <>
    <Dashboard api={new Api(keys)} />
    <KeyDialog keys={keys}>
      The dashboard reads figures with an insights key (fik_…). <code>./freshet dashboard</code> makes one and prints this page’s address with it.
    </KeyDialog>
  </>,
  app,
);
