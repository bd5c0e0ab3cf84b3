"""The form of a booking, for the tests of pages: sent, and sent again where something is asked back."""
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
