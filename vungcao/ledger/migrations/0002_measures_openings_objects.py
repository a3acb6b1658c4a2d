
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0002_names_and_how_sure'),
        ('evidence', '0001_initial'),
        ('ledger', '0001_initial'),
        ('programme', '0002_names_and_how_sure'),
        ('territory', '0002_shares_both_ways'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year_origin', models.CharField(max_length=9, verbose_name='năm nguồn')),
                ('year_use', models.CharField(max_length=9, verbose_name='năm sử dụng')),
                ('dated', models.DateField(db_index=True, verbose_name='ngày bàn giao')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='số văn bản')),
                ('dong', models.BigIntegerField(verbose_name='đã chi, bàn giao (đồng)')),
                ('sheet', models.CharField(blank=True, max_length=80, verbose_name='trang tính')),
                ('cell', models.CharField(blank=True, max_length=12, verbose_name='ô')),
            ],
            options={
                'verbose_name': 'số đã chi nhận bàn giao',
            },
        ),
        migrations.AddField(
            model_name='spendingobject',
            name='kind',
            field=models.CharField(blank=True, choices=[('', 'Không chia'), ('work', 'Công trình, dự án đầu tư'), ('benefit_round', 'Đợt hỗ trợ'), ('contract', 'Hợp đồng'), ('reservation', 'Vốn giữ chỗ cho một dự thảo')], default='', max_length=14, verbose_name='loại'),
        ),
        migrations.AddField(
            model_name='spendingobject',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.spendingobject', verbose_name='thuộc đối tượng'),
        ),
        migrations.AddField(
            model_name='spendingobject',
            name='project_code',
            field=models.CharField(blank=True, db_index=True, max_length=20, verbose_name='mã dự án đầu tư'),
        ),
        migrations.AddField(
            model_name='statement',
            name='measure',
            field=models.CharField(blank=True, choices=[('', 'Giải ngân'), ('returned', 'Nộp trả ngân sách'), ('lent', 'Doanh số cho vay'), ('repaid', 'Thu nợ'), ('outstanding', 'Dư nợ')], default='', max_length=12, verbose_name='loại số'),
        ),
        migrations.AddField(
            model_name='statement',
            name='opening',
            field=models.CharField(blank=True, choices=[('', 'Không nói'), ('included', 'Đã gồm số nhận bàn giao'), ('apart', 'Chưa gồm số nhận bàn giao')], default='', max_length=8, verbose_name='số nhận bàn giao'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='advance_dong',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='tạm ứng (đồng)'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='cleared_dong',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='đã thu hồi tạm ứng (đồng)'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='codes',
            field=models.JSONField(blank=True, default=dict, verbose_name='mã như Kho bạc in'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='completed_dong',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='thanh toán khối lượng hoàn thành (đồng)'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='open_advance_dong',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='tạm ứng chưa thu hồi (đồng)'),
        ),
        migrations.AddField(
            model_name='statementline',
            name='restored_dong',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='nộp khôi phục (đồng)'),
        ),
        migrations.AlterField(
            model_name='spendingobject',
            name='name',
            field=models.CharField(blank=True, max_length=300, verbose_name='tên'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='basis',
            field=models.CharField(choices=[('year', 'Lũy kế từ đầu năm'), ('phase', 'Lũy kế từ đầu giai đoạn'), ('month', 'Trong tháng'), ('estimate', 'Ước thực hiện đến ngày')], max_length=8, verbose_name='kỳ lũy kế'),
        ),
        migrations.AlterField(
            model_name='statementline',
            name='disbursed_dong',
            field=models.BigIntegerField(verbose_name='số tiền, giải ngân (đồng)'),
        ),
        migrations.AlterField(
            model_name='voucher',
            name='kind',
            field=models.CharField(choices=[('assignment', 'Giao vốn (từ cấp trên)'), ('allocation', 'Phân bổ'), ('adjustment', 'Điều chỉnh'), ('carry_over', 'Chuyển nguồn, kéo dài'), ('cancellation', 'Hủy dự toán'), ('handover', 'Bàn giao giữa đơn vị'), ('reservation', 'Giữ chỗ cho dự thảo'), ('commitment', 'Cam kết chi theo hợp đồng'), ('reversal', 'Ghi đảo')], max_length=12, verbose_name='loại'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('supersedes', models.F('id')), _negated=True), _connector='OR'), name='statement_does_not_supersede_itself'),
        ),
        migrations.AddField(
            model_name='opening',
            name='act',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.act', verbose_name='lần ghi'),
        ),
        migrations.AddField(
            model_name='opening',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.batch', verbose_name='lần gửi'),
        ),
        migrations.AddField(
            model_name='opening',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body', verbose_name='đơn vị giữ vốn'),
        ),
        migrations.AddField(
            model_name='opening',
            name='component',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.component', verbose_name='cấu phần'),
        ),
        migrations.AddField(
            model_name='opening',
            name='field',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.spendingfield', verbose_name='lĩnh vực chi'),
        ),
        migrations.AddField(
            model_name='opening',
            name='from_body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bodies.body', verbose_name='đơn vị bàn giao'),
        ),
        migrations.AddField(
            model_name='opening',
            name='from_place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place', verbose_name='địa bàn bàn giao'),
        ),
        migrations.AddField(
            model_name='opening',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place', verbose_name='địa bàn'),
        ),
        migrations.AddField(
            model_name='opening',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.fundingsource', verbose_name='nguồn vốn'),
        ),
        migrations.AddField(
            model_name='opening',
            name='spending_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.spendingobject', verbose_name='đối tượng chi'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.CheckConstraint(condition=models.Q(('dong__gt', 0)), name='opening_hands_something_over'),
        ),
    ]
