"""The form of a booking, for the tests of pages: sent, and sent again where something is asked back; and
that of a meeting that is booked already, which is moved."""
import re


def asked_back(text):
    """What stands above the buttons before a booking is saved, and the value of its tick."""
    box = re.search(r'Before you save</h2>\s*<ul[^>]*>(.*?)</ul>', text, re.S)
    tick = re.search(r'<input[^>]*name="confirmed"[^>]*value="([^"]*)"', text)
    return re.findall(r'<li>(.*?)</li>', box[1], re.S) if box else [], tick[1] if tick else ''


def send(person, path, fields, why='It was agreed so'):
    """Sent, and confirmed with a reason where that is asked for."""
    answer = person.post(path, fields)
    if answer.status == 422:
        said, tick = asked_back(answer.text)
        if said:
            answer = person.post(path, {**fields, 'confirmed': tick, 'reason': why})
    return answer


def move(person, record, fields, why='They asked for it'):
    """A booking that stands ("/children/1/records/2"), put on another day."""
    path = person.get(record).headers['location']
    version = re.search(r'name="version" value="(\d+)"', person.get(path).text)[1]
    return send(person, path, {**fields, 'version': version, 'reason': why}, why)


def book(person, child, fields):
    """Booked; or moved there, where it is booked already."""
    path = person.get(f'/children/{child}/record/booking').headers['location']
    answer = send(person, path, fields)
    there = re.search(r'href="([^"]+)">Move the meeting that is booked', answer.text)
    return move(person, there[1].split('?')[0], fields) if there else answer
