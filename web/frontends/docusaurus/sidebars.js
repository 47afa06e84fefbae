export default { docs: ['first', 'second', 'third'] };
