"""A strict reader of iCalendar (RFC 5545), as far as a calendar of meetings goes. It works out the offset
of a local time from the VTIMEZONE of the file itself, so that what the file says can be held against the
machine's own time zones. Raises ValueError with what is wrong and where."""
import datetime
import re

ONCE = {'UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SEQUENCE', 'SUMMARY', 'LOCATION', 'URL', 'STATUS', 'CLASS', 'TRANSP'}


def lines_of(data):
    if not data.endswith(b'\r\n'):
        raise ValueError('the file does not end in CRLF')
    physical = data[:-2].split(b'\r\n')
    out = []
    for n, line in enumerate(physical, 1):
        if len(line) > 75:
            raise ValueError(f'line {n} has {len(line)} bytes')
        if b'\r' in line or b'\n' in line:
            raise ValueError(f'line {n} holds half a line end')
        line.decode('utf-8')  # not folded inside a character
        if line.startswith(b' '):
            out[-1] += line[1:]
        else:
            out.append(line)
    return [line.decode('utf-8') for line in out]


def property_of(line):
    found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=[^;:",]+)*):(.*)', line)
    if not found:
        raise ValueError(f'{line!r} is no property')
    parameters = dict(part.split('=', 1) for part in found[2].split(';')[1:])
    return found[1], parameters, found[3]


def text_of(value):
    if re.search(r'(?<!\\)(?:\\\\)*[,;]', value):
        raise ValueError(f'{value!r} holds a bare comma or semicolon')
    if re.search(r'(?<!\\)(?:\\\\)*\\(?![\\;,nN])', value):
        raise ValueError(f'{value!r} holds a wrong escape')
    return re.sub(r'\\(.)', lambda m: '\n' if m[1] in 'nN' else m[1], value)


def component(lines, at):
    """BEGIN at `at`: (name, [(name, parameters, value)], [components], where it ended)."""
    name = lines[at].partition(':')[2]
    properties, inside = [], []
    at += 1
    while at < len(lines):
        if lines[at].startswith('BEGIN:'):
            made, at = component(lines, at)
            inside.append(made)
        elif lines[at].startswith('END:'):
            if lines[at] != f'END:{name}':
                raise ValueError(f'{lines[at]} ends {name}')
            return (name, properties, inside), at + 1
        else:
            properties.append(property_of(lines[at]))
            at += 1
    raise ValueError(f'{name} has no end')


def when(text):
    return datetime.datetime.strptime(text, '%Y%m%dT%H%M%S')


class Zone:
    """DAYLIGHT and STANDARD with a yearly rule for the last Sunday of a month."""

    def __init__(self, properties, parts):
        self.id = dict((n, v) for n, _, v in properties)['TZID']
        self.parts = []
        for name, inner, _ in parts:
            values = {n: v for n, _, v in inner}
            rule = re.fullmatch(r'FREQ=YEARLY;BYMONTH=(\d+);BYDAY=-1SU', values['RRULE'])
            offsets = [int(values[k][0] + '1') * (int(values[k][1:3]) * 60 + int(values[k][3:5]))
                       for k in ('TZOFFSETFROM', 'TZOFFSETTO')]
            start = when(values['DTSTART'])
            if start != self.onset(start.year, int(rule[1]), start.time()):
                raise ValueError(f'{name} does not start on a day of its own rule')
            self.parts.append((start, int(rule[1]), offsets))

    @staticmethod
    def onset(year, month, time):
        last = datetime.date(year, month, 31)
        return datetime.datetime.combine(last - datetime.timedelta((last.weekday() + 1) % 7), time)

    def offset(self, local):
        """Minutes ahead of UTC at that time of the wall: of the last onset before it."""
        past = []
        for start, month, (before, after) in self.parts:
            for year in (local.year - 1, local.year):
                onset = self.onset(year, month, start.time())
                if onset >= start and onset <= local:
                    past.append((onset, after))
        return max(past)[1]


def read(data):
    """[event]: each a dict of its properties; start and end are dates, or instants in UTC."""
    lines = lines_of(data)
    if lines[0] != 'BEGIN:VCALENDAR':
        raise ValueError('it is no calendar')
    (name, properties, inside), end = component(lines, 0)
    if end != len(lines):
        raise ValueError('something stands after the calendar')
    head = {n: v for n, _, v in properties}
    if head.get('VERSION') != '2.0' or not head.get('PRODID'):
        raise ValueError('VERSION or PRODID is missing')
    zones = {zone.id: zone for zone in (Zone(p, i) for n, p, i in inside if n == 'VTIMEZONE')}
    events = []
    for name, properties, parts in inside:
        if name == 'VTIMEZONE':
            continue
        if name != 'VEVENT' or parts:
            raise ValueError(f'{name} is not expected')
        event = {}
        for key, parameters, value in properties:
            if key not in ONCE or key in event:
                raise ValueError(f'{key} is not expected, or there twice')
            if key in ('DTSTART', 'DTEND'):
                if parameters.get('VALUE') == 'DATE':
                    event[key] = datetime.datetime.strptime(value, '%Y%m%d').date()
                else:
                    zone = zones[parameters['TZID']]
                    local = when(value)
                    event[key + ' local'] = local
                    event[key] = (local - datetime.timedelta(minutes=zone.offset(local))).replace(
                        tzinfo=datetime.timezone.utc)
            elif key in ('SUMMARY', 'LOCATION', 'UID'):
                event[key] = text_of(value)
            else:
                event[key] = value
        for key in ('UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'SEQUENCE'):
            if key not in event:
                raise ValueError(f'an event has no {key}')
        if not re.fullmatch(r'\d{8}T\d{6}Z', event['DTSTAMP']) or not event['DTEND'] > event['DTSTART']:
            raise ValueError('DTSTAMP or DTEND is wrong')
        events.append(event)
    if len({event['UID'] for event in events}) != len(events):
        raise ValueError('two events have one UID')
    return events
