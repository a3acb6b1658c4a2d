import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0002_releasedhead_order'),
        ('programme', '0003_fieldcode_sourcecode'),
        ('territory', '0002_shares_both_ways'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComponentSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('year', models.PositiveIntegerField(verbose_name='năm ngân sách đầu của cấu phần sau')),
                ('not_comparable', models.TextField(verbose_name='không so sánh được vì')),
                ('confidence', models.CharField(choices=[('sourced', 'có nguồn'), ('recalled', 'theo trí nhớ, cần kiểm chứng'), ('unknown', 'chưa rõ')], max_length=10, verbose_name='độ chắc chắn')),
                ('cites', models.TextField(blank=True, verbose_name='căn cứ')),
                ('seen_in', models.TextField(blank=True, verbose_name='nơi thấy')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.act', verbose_name='lần ghi')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.component', verbose_name='cấu phần trước')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.act', verbose_name='bị thay bởi lần ghi')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.component', verbose_name='cấu phần sau')),
            ],
            options={
                'verbose_name': 'kế tiếp giữa các chương trình',
                'constraints': [models.CheckConstraint(condition=models.Q(('component', models.F('successor')), _negated=True), name='component_does_not_succeed_itself')],
            },
        ),
        migrations.CreateModel(
            name='PlanTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='mã chỉ tiêu')),
                ('year_use', models.CharField(max_length=9, verbose_name='năm, giai đoạn')),
                ('indicator', models.TextField(verbose_name='chỉ tiêu')),
                ('numerator', models.TextField(blank=True, verbose_name='tử số')),
                ('denominator', models.TextField(blank=True, verbose_name='mẫu số')),
                ('value_said', models.CharField(max_length=80, verbose_name='mức đã nói')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='mức')),
                ('value_to', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='đến mức')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='đơn vị tính')),
                ('qualifier', models.CharField(blank=True, choices=[('', 'bằng'), ('more', 'trên'), ('at_least', 'tối thiểu'), ('less', 'dưới'), ('at_most', 'tối đa'), ('about', 'khoảng')], max_length=10, verbose_name='mức độ')),
                ('node_note', models.TextField(blank=True, verbose_name='vì sao ở nội dung này')),
                ('confidence', models.CharField(choices=[('sourced', 'có nguồn'), ('recalled', 'theo trí nhớ, cần kiểm chứng'), ('unknown', 'chưa rõ')], max_length=10, verbose_name='độ chắc chắn')),
                ('cites', models.TextField(blank=True, verbose_name='căn cứ')),
                ('seen_in', models.TextField(blank=True, verbose_name='nơi thấy')),
                ('is_withdrawn', models.BooleanField(default=False, verbose_name='đã rút')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.act', verbose_name='lần ghi')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.component', verbose_name='cấu phần')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place', verbose_name='địa bàn')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='programme.planversion', verbose_name='kế hoạch')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='programme.plantarget', verbose_name='thay cho')),
            ],
            options={
                'verbose_name': 'chỉ tiêu kế hoạch',
                'constraints': [models.CheckConstraint(condition=models.Q(('value_to', None), ('value__lte', models.F('value_to')), _connector='OR'), name='plan_target_is_a_range')],
            },
        ),
    ]
