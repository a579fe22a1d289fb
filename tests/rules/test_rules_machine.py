from hypothesis import HealthCheck, Phase, settings
from rules_machine import OfficeMachine

TestOffice = OfficeMachine.TestCase
TestOffice.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
